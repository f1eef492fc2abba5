"""What stands in the tables, to show that nothing has changed."""

from django.apps import apps
from django.db import connection

from linggong.foundation.scope import within
from tests.consistency.scene import BY

NOT_OURS = ("django_session", "axes_")
"""Written by the framework around each request."""


def all_rows() -> dict[str, str]:
    """A fingerprint of all rows of each table."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with within(BY), connection.cursor() as cursor:
        found = {}
        for table in tables:
            if not table.startswith(NOT_OURS):
                cursor.execute(
                    f"SELECT count(*) || ' ' || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
                )
                found[table] = cursor.fetchone()[0] or "0"
        return found
