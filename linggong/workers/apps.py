from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "linggong.workers"
    label = "workers"
