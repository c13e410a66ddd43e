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
# Nothing is deleted by our layers: each only adds. Archives are of Docker's own form or an OCI layout.
node - "$work/archive" <<'JS' |
const { existsSync, readFileSync } = require('node:fs');
const folder = process.argv[2];
const json = (file) => JSON.parse(readFileSync(`${folder}/${file}`));
const blob = ({ digest }) => `blobs/${digest.replace(':', '/')}`;
const layers = () => {
  if (existsSync(`${folder}/manifest.json`)) return json('manifest.json')[0].Layers;
  let manifest = json('index.json');
  while (manifest.manifests) manifest = json(blob(manifest.manifests[0]));
  return manifest.layers.map(blob);
};
console.log(layers().join('\n'));
JS
  while read -r layer; do tar -xf "$work/archive/$layer" -C "$work/root" --keep-directory-symlink; done
cd "$work/root"
find . \( -type f -printf '%m %U:%G %s ' -exec sha256sum -z {} \; -printf '\n' \) -o \( -not -type d -printf '%m %U:%G %y %p -> %l\n' \) |
  tr -d '\0' | sort -k5
