"""`id__among=array_of(ids)`: rows of thousands of ids, which go to the database as one array.

`IN` takes a parameter for each, and much of the time of loading a market would go into these.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    OfText = Lookup[str]
else:
    OfText = Lookup


def array_of(ids: Iterable[UUID | str]) -> str:
    """Ids as PostgreSQL writes an array of them."""
    return "{" + ",".join(map(str, ids)) + "}"


class Among(OfText):
    """Whether an id is one of an array."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::uuid[])", (*params, self.rhs)
