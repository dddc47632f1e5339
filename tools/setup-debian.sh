#!/bin/sh
# What the tests need from Debian: a browser, a PDF reader, a PostgreSQL besides our own, nginx, and Go
# with the reference implementation of the ballot log's formats.
# As root it installs what is missing; otherwise it says how.
set -eu
wanted="chromium poppler-utils postgresql bubblewrap nginx-light golang-go golang-golang-x-mod-dev"
missing=""
for package in $wanted; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) missing="$missing $package" ;;
    esac
done
# Any of Debian's PostgreSQL servers will do.
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    missing=$(echo "$missing" | sed 's/ postgresql//')
fi
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "测试需要 chromium、pdftotext、PostgreSQL 服务器、bubblewrap、nginx 和 Go，请自行安装：$missing" >&2
    echo "The tests need chromium, pdftotext, a PostgreSQL server, bubblewrap, nginx and Go; missing:$missing" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "测试还缺少系统软件包，请运行 / Packages are missing, please run:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
# RUNLEVEL=1: packages are installed, but none starts a service.
export RUNLEVEL=1
apt-get update -qq
# shellcheck disable=SC2086 # a list of words
apt-get install -qq -y --no-install-recommends $missing >/dev/null
