"""Row-level security holds for the role the program runs as."""

import pytest
from django.apps import apps
from django.db import connection, models

from linggong.audit.models import Entry
from linggong.foundation.scope import scoped_models, within
from linggong.foundation.viewer import Viewer, system

COUNTY = Viewer(role="window_clerk", division="140403")
TOWN = Viewer(role="station_clerk", division="140403103")
NEIGHBOUR = Viewer(role="window_clerk", division="140404")


@pytest.fixture
def an_entry(db: None) -> Entry:
    with within(system("test")):
        entry = Entry(act="test", role="system", name="", object_type="x", division="140403")
        entry.save(force_insert=True)
    return entry


def seen_by(viewer: Viewer) -> int:
    with within(viewer):
        return Entry.objects.count()


def test_a_query_without_scope_sees_nothing(an_entry: Entry) -> None:
    assert Entry.objects.count() == 0


def test_a_county_sees_its_own_rows_and_its_neighbour_does_not(an_entry: Entry) -> None:
    assert (seen_by(COUNTY), seen_by(NEIGHBOUR)) == (1, 0)


def test_a_town_does_not_see_what_belongs_to_the_whole_county(an_entry: Entry) -> None:
    assert seen_by(TOWN) == 0


def test_the_scope_ends_with_its_block(an_entry: Entry) -> None:
    with within(COUNTY):
        with within(NEIGHBOUR):
            assert Entry.objects.count() == 0
        assert Entry.objects.count() == 1
    assert Entry.objects.count() == 0


def test_the_scope_returns_after_a_failure_inside(an_entry: Entry) -> None:
    with within(COUNTY):
        with pytest.raises(KeyError), within(NEIGHBOUR):
            raise KeyError
        assert Entry.objects.count() == 1


def test_the_programs_role_owns_nothing_and_bypasses_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_security_is_enabled_and_forced_on_every_scoped_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        forced = {name for (name,) in cursor.fetchall()}
    assert forced == {model._meta.db_table for model, _ in scoped_models()}


def test_every_table_that_names_a_worker_is_scoped() -> None:
    scoped = {model for model, _ in scoped_models()}
    naming = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label == "workers.Worker"
    }
    assert naming <= scoped
