#!/bin/sh
# Write the hash-locked requirements for every supported Python and platform, without registry addresses.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-annotate --no-header "$@"
}
lock --extra serve --group build pyproject.toml -o requirements.txt
every="--extra serve --extra stats --extra report --group build --group test --group check"
# shellcheck disable=SC2086
lock $every -c requirements.txt pyproject.toml -o requirements-dev.txt
# shellcheck disable=SC2086
lock $every --group bench --group train -c requirements-dev.txt pyproject.toml -o requirements-bench.txt
