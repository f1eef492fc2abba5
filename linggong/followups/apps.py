from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "linggong.followups"
    label = "followups"
