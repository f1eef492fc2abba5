from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "linggong.employers"
    label = "employers"
