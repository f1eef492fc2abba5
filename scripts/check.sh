#!/bin/sh
# Format, lint, types, layers, security, templates, migrations, deployment settings.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { echo "check: $1"; shift; "$@"; }
step format $bin/ruff format --check --quiet linggong tests
step lint $bin/ruff check --quiet linggong tests
step types $bin/mypy --no-error-summary linggong tests
step layers $bin/lint-imports --no-cache
step security $bin/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml linggong 2>/dev/null
step templates $bin/djlint --quiet --lint linggong/templates
step migrations env LINGGONG_HOME="${LINGGONG_HOME:-var/check}" $bin/linggong manage makemigrations --check --dry-run --verbosity 0
step deployment env LINGGONG_HOME="${LINGGONG_HOME:-var/check}" LINGGONG_HTTPS=1 LINGGONG_HOSTS=lg.example.org $bin/linggong manage check --deploy --fail-level WARNING
