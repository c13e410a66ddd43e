#!/usr/bin/env bash
# Fuzzes the REST interface of a running system by its OpenAPI document, with Schemathesis. The services must be built.
#   e2e/fuzz/rest.sh [--seed N] [--examples N]
set -euo pipefail
cd "$(dirname "$0")/../.."

# Where the tool goes; not part of any image, nor of what runs in production.
venv=node_modules/.cache/schemathesis
version=4.32.5

if [ "$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("schemathesis"))' 2>/dev/null)" != "$version" ]; then
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --progress-bar off "schemathesis==$version"
fi
SCHEMATHESIS="$PWD/$venv/bin/schemathesis" exec node e2e/fuzz/rest.mjs "$@"
