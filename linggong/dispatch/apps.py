from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "linggong.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        from django.db.models import UUIDField

        from linggong.dispatch.among import Among

        UUIDField.register_lookup(Among)
