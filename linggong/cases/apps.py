from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linggong.cases"
    label = "cases"
