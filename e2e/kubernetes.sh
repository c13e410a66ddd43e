#!/usr/bin/env bash
# Proves the chart on a real cluster: kind, or any other that KUBECONFIG names, with the images loaded.
#
#   e2e/kubernetes.sh [OPTION...] [PART...]
#
#   --tag TAG             of the images (dev)
#   --next-tag TAG        of the images to upgrade to (next); others than those of TAG
#   --pre-stop SECONDS    in place of the chart's, where the cluster's DNS keeps names for less than 30 s
#   --json FILE           where the figures go, in the form of `npm run bench -- --json`
#   --kill-node COMMAND   ends the last node the hard way, such as 'docker kill beatbot-worker2'
#   --revive-node COMMAND brings it back, such as 'docker start beatbot-worker2'
#   --small-volume PATH   a folder of some 300 MiB on the first node, which `full` fills
#
# Parts, in this order; all where none is named; each is a file in e2e/kubernetes/:
#   install    Pod Security "restricted" is enforced; seconds to all pods Ready; start of each pod; idle memory
#   song       `beatbot make` through the gateway's Service gives what the one-machine start gives, byte for byte
#   helm-test  `helm test` makes a song, also where keys are asked for
#   network    which pod may connect to what, and no pod has a token
#   resume     WebSocket and Server-Sent Events go on at the other gateway
#   kill       a pod of each service, and Redis, killed while 20 jobs run: 20 succeed, once each
#   database   PostgreSQL away: not ready, a message that says so, and well again by itself
#   upgrade    `helm upgrade` to other images, and its rollback, under steady requests: none fails
#   rejects    a wrong value, a missing Secret, an image that is not there: what ran goes on
#   scale      the renderer's autoscaler goes up under load and down again
#   throughput songs a minute with 1, 2 and 4 renderers: a figure, so only with --json where no part is named
#   uninstall  leaves what the chart's notes say, and nothing else
#   nodes      a node drained under steady requests; a node killed with jobs running
#   full       a full volume of objects: the job waits and says why, and goes on when songs are deleted
#
# Ends with the line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

tag=dev next_tag=next json='' pre_stop='' kill_node='' revive_node='' small_volume=''
while [[ ${1:-} == --* ]]; do
  case $1 in
    --tag) tag=$2 ;;
    --next-tag) next_tag=$2 ;;
    --json) json=$2 ;;
    --pre-stop) pre_stop=$2 ;;
    --kill-node) kill_node=$2 ;;
    --revive-node) revive_node=$2 ;;
    --small-volume) small_volume=$2 ;;
    *) echo "kubernetes.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
parts=("$@")
if ((${#parts[@]} == 0)); then
  parts=(install song helm-test network resume kill database upgrade rejects scale)
  [[ -z $json ]] || parts+=(throughput)
  parts+=(uninstall nodes full)
fi
for part in "${parts[@]}"; do
  [[ -f e2e/kubernetes/$part.sh ]] || { echo "kubernetes.sh: no part $part" >&2; exit 2; }
done

source e2e/kubernetes/common.sh
for part in "${parts[@]}"; do
  printf '=== %s\n' "$part"
  started=$(now)
  source "e2e/kubernetes/$part.sh"
  printf '      %s took %s s\n' "$part" "$(seconds_since "$started")"
done
write_figures
echo
for failure in "${failures[@]}"; do printf 'FAIL  %s\n' "$failure"; done
printf '%s passed, %s failed\n' "$passed" "${#failures[@]}"
((${#failures[@]} == 0))
