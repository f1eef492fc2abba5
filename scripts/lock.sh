#!/bin/sh
# Renews both lock files from pyproject.toml; no registry's address ends up in them.
set -eu
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml "$@"; }
[ -x .venv/bin/uv ] || .venv/bin/pip install --quiet uv
lock --extra test -o requirements-test.lock
lock -c requirements-test.lock -o requirements.lock
