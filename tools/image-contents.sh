#!/usr/bin/env bash
# Prints mode, owner, size and SHA-256 of every file of an image, sorted by path, for comparing two builds:
#   docker save beatbot/storage:dev -o one.tar; tools/image-contents.sh one.tar > one.txt
# Times of files are not printed. Needs tar and node, and root where the image's files have other owners.
set -euo pipefail
archive=$(readlink -f "${1:?usage: image-contents.sh ARCHIVE}")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir "$work/archive" "$work/root"
tar -xf "$archive" -C "$work/archive"
# Nothing is deleted by our layers: each only adds.
node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1]))[0].Layers.join("\n")' "$work/archive/manifest.json" |
  while read -r layer; do tar -xf "$work/archive/$layer" -C "$work/root" --keep-directory-symlink; done
cd "$work/root"
find . \( -type f -printf '%m %U:%G %s ' -exec sha256sum -z {} \; -printf '\n' \) -o \( -not -type d -printf '%m %U:%G %y %p -> %l\n' \) |
  tr -d '\0' | sort -k5
