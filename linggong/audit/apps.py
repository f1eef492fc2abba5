from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "linggong.audit"
    label = "audit"
