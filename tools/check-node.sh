#!/bin/sh
# The front end is built with Node; a wheel of Paike runs without it.
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; then
    echo "需要 Node 20.19 或更新版本，用于构建界面：https://nodejs.org/" >&2
    echo "Node 20.19 or newer is needed to build the front end: https://nodejs.org/" >&2
    exit 1
fi
