#!/bin/sh
# Compiles the matching engine. Safe to repeat: nothing happens unless it has changed.
set -eu
cd "$(dirname "$0")/.."
engine=$(cat linggong/matching/*.py | cksum)
if [ ! -f .venv/engine.stamp ] || [ "$(cat .venv/engine.stamp)" != "$engine" ]; then
    echo "compiling the matching engine (a minute, only after a change) ..."
    .venv/bin/linggong matching warm
    echo "$engine" > .venv/engine.stamp
fi
