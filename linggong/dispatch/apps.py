from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "linggong.dispatch"
    label = "dispatch"
