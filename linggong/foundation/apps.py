from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "linggong.foundation"
    label = "foundation"
