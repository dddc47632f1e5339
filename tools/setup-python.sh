#!/bin/sh
# Makes .venv and installs one of the lock files into it: exact versions, checked hashes.
# usage: tools/setup-python.sh PYTHON LOCK
set -eu
python=$1 lock=$2 venv=.venv

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新版本（make PYTHON=/路径/python3.12 …）。" >&2
    echo "Python 3.11 or newer is needed (make PYTHON=/path/to/python3.12 ...)." >&2
    exit 1
fi

if [ ! -x "$venv/bin/python" ]; then
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        rm -rf "$venv"
        if ! command -v uv >/dev/null || ! uv venv --quiet --python "$python" "$venv"; then
            echo "无法建立 Python 环境：请安装 python3-venv（Debian：apt install python3-venv）。" >&2
            echo "Can't make a Python environment: install python3-venv." >&2
            exit 1
        fi
    fi
fi

# uv is ten times quicker than pip; without it everything works all the same.
uv=$(command -v uv || true)
if [ -z "$uv" ] && "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r tools/uv.lock 2>/dev/null; then
    uv=$venv/bin/uv
fi

if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    "$uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
    pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
    $pip --require-hashes -r "$lock"
    $pip --no-deps --no-build-isolation -e .
fi
