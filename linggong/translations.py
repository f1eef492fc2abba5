"""Compiles every translation of the project (`*.po` beside it becomes `*.mo`) with Babel, where it is stale."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent


def compile_all() -> int:
    """Compile what is older than its source; return how many files were written."""
    written = 0
    for source in ROOT.rglob("locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalog = read_po(po)
        with target.open("wb") as mo:
            write_mo(mo, catalog)
        written += 1
    return written


if __name__ == "__main__":
    compile_all()
