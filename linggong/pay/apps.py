from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "linggong.pay"
    label = "pay"
