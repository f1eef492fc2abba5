"""`linggong migrate`: tables, grants and row-level policies, as the owner of the database."""

import argparse

from linggong.commands.ready import program, told


def main(argv: list[str]) -> int:
    argparse.ArgumentParser(prog="linggong migrate", description=__doc__).parse_args(argv)
    with told(), program():
        migrate()
    return 0


def migrate() -> None:
    """Bring tables and policies up to date; safe to repeat and to interrupt."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections, transaction

    from linggong.foundation.scope import policy_statements

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in policy_statements(str(settings.DATABASES["default"]["USER"])):
            cursor.execute(statement)
    connections["owner"].close()
