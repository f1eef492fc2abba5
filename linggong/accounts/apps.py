from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "linggong.accounts"
    label = "accounts"
