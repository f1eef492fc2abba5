from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linggong.notices"
    label = "notices"
