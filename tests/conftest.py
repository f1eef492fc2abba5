"""Tests run on the embedded PostgreSQL, as the program's own role, under row-level security.

A worker process of the test run has a database of its own. `db` gives a transaction that is rolled back;
`committed` gives real commits on real connections and empties the tables after.
"""

import fcntl
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections, transaction
from django.utils import translation
from psycopg import sql
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from linggong import database
from linggong.home import home


def pytest_sessionstart(session: pytest.Session) -> None:
    """Several runs may share the server: each holds the lock, the last one out stops it."""
    home().mkdir(parents=True, exist_ok=True)
    session.config.server_lock = lock = (home() / "test.lock").open("w")  # type: ignore[attr-defined]
    if hasattr(session.config, "workerinput"):
        return  # the controlling process has started it
    with (home() / "start.lock").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_SH)
        database.start()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    try:
        fcntl.flock(session.config.server_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined]
    except BlockingIOError:
        return
    database.stop()


def _database_name() -> str:
    suffix = os.environ.get("LINGGONG_TEST_SUFFIX", "linggong")
    return f"test_{suffix}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    name = _database_name()
    server = database.connection("owner") | {"dbname": "postgres", "user": database.ADMIN}
    with psycopg.connect(**server, autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        link.execute(sql.SQL("CREATE DATABASE {} OWNER " + database.OWNER).format(sql.Identifier(name)))
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    from linggong.commands.migrate import migrate

    with django_db_blocker.unblock():
        migrate()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    with psycopg.connect(**server, autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(autouse=True)
def plain_pages(settings: Settings) -> Iterator[None]:
    """Pages are rendered without collecting the static files first, and leave no language for the next test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    yield
    translation.deactivate()


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database with real commits, for what needs several connections; emptied after."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
            _empty_tables()


def _empty_tables() -> None:
    from django.apps import apps

    tables = [m._meta.db_table for m in apps.get_models()]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tables) + " CASCADE")
    connections["owner"].close()
