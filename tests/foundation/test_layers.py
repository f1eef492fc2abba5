"""Foreign keys obey the same rule as imports: they point down. (String keys escape the import checker.)"""

from django.apps import apps
from django.conf import settings
from django.db import models

HEIGHT = {f"linggong.{name}": height for height, name in enumerate(settings.DOMAIN_APPS)}
SAME_FLOOR = {frozenset({"linggong.employers", "linggong.workers"}), frozenset({"linggong.notices", "linggong.audit"})}


def test_every_foreign_key_points_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and _points_up(model, field.related_model)
    ]
    assert upward == []


def _points_up(model: type[models.Model], target: type[models.Model]) -> bool:
    here, there = model._meta.app_config.name, target._meta.app_config.name
    if here not in HEIGHT or there not in HEIGHT or here == there:
        return False
    return HEIGHT[there] > HEIGHT[here] or frozenset({here, there}) in SAME_FLOOR
