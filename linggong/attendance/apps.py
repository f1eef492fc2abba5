from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "linggong.attendance"
    label = "attendance"
