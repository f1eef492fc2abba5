"""Row-level security: what a model's rows belong to, the policies that follow, and the scope of a transaction.

Every table about people and cases declares `scoped_by = Scoped(...)`. The policies compare its columns with
three settings that live as long as the transaction; where none is set, a query sees nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction

from linggong.foundation.viewer import EVERYWHERE, PUBLIC, Viewer

FUNCTIONS = """
CREATE OR REPLACE FUNCTION scope_division() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('linggong.division', true), '') $$;
CREATE OR REPLACE FUNCTION scope_worker() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('linggong.worker', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope_employer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('linggong.employer', true), '')::uuid $$;
"""


@dataclass(frozen=True)
class Scoped:
    """Which columns tie a row to a division, a worker, an employer.

    `anyone_adds` lets every scope insert (an outbox, an audit trail) without seeing what is there.
    `also` is SQL that opens a row to more viewers; it may speak of higher tables, which a foreign key may not.
    """

    division: str | None = "division"
    worker: str | None = None
    employer: str | None = None
    anyone_adds: bool = False
    append_only: bool = False
    also: str = ""

    def condition(self) -> str:
        parts = []
        if self.division:
            # sub-selects, so that each setting is read once per statement and not once per row
            parts.append(f"(SELECT scope_division()) = '{EVERYWHERE}'")
            parts.append(f"starts_with({self.division}, (SELECT scope_division()))")
        if self.worker:
            parts.append(f"{self.worker} = (SELECT scope_worker())")
        if self.employer:
            parts.append(f"{self.employer} = (SELECT scope_employer())")
        if self.also:
            parts.append(f"({self.also})")
        return " OR ".join(parts)


def scoped_models() -> list[tuple[type[models.Model], Scoped]]:
    """Every model whose rows are under row-level security."""
    found = [(m, getattr(m, "scoped_by", None)) for m in apps.get_models()]
    return [(m, s) for m, s in found if isinstance(s, Scoped)]


def policy_statements(app_role: str) -> list[str]:
    """SQL that puts grants and policies in force; safe to repeat."""
    statements = [
        FUNCTIONS,
        f'GRANT USAGE ON SCHEMA public TO "{app_role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{app_role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app_role}"',
        f'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{app_role}"',
    ]
    for model, scoped in scoped_models():
        table, condition = model._meta.db_table, scoped.condition()
        added = "true" if scoped.anyone_adds else condition
        statements += [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'DROP POLICY IF EXISTS seen ON "{table}"',
            f'DROP POLICY IF EXISTS added ON "{table}"',
            f'CREATE POLICY seen ON "{table}" USING ({condition}) WITH CHECK ({condition})',
            f'CREATE POLICY added ON "{table}" FOR INSERT WITH CHECK ({added})',
        ]
        if scoped.append_only:
            statements.append(f'REVOKE UPDATE, DELETE ON "{table}" FROM "{app_role}"')
    return statements


_inside: ContextVar[tuple[str, Viewer] | None] = ContextVar("scope", default=None)


@contextmanager
def within(viewer: Viewer, using: str = "default") -> Iterator[None]:
    """A transaction (a savepoint, where one is open) whose queries reach what `viewer` may reach."""
    outer = _inside.get()
    goes_on = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        _set(viewer, using)
        token = _inside.set((using, viewer))
        try:
            yield
            if goes_on:  # after an error the savepoint's rollback has restored it already
                _set(outer[1] if outer is not None and outer[0] == using else PUBLIC, using)
        finally:
            _inside.reset(token)


def current() -> Viewer | None:
    """The viewer whose scope is in force here."""
    found = _inside.get()
    return found[1] if found else None


def _set(viewer: Viewer, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('linggong.division', %s, true), set_config('linggong.worker', %s, true),"
            " set_config('linggong.employer', %s, true)",
            [viewer.division or "", str(viewer.worker_id or ""), str(viewer.employer_id or "")],
        )
