from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "linggong.messages"
    label = "received"  # Django's own messages have the other one
