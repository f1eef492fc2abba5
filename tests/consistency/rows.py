"""What stands in the tables, to show that nothing has changed."""

from django.apps import apps
from django.db import connection

from linggong.foundation.scope import within
from tests.consistency.scene import BY

NOT_OURS = ("django_session", "axes_")
"""Written by the framework around each request."""


def all_rows() -> dict[str, str]:
    """A fingerprint of all rows of each table."""
    return _of_each_table("count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text))")


def row_counts() -> dict[str, str]:
    """How many rows each table has."""
    return _of_each_table("count(*)")


def _of_each_table(figure: str) -> dict[str, str]:
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = sorted(name for name in names if not name.startswith(NOT_OURS))
    with within(BY), connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT {figure} FROM {table} t)" for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))
