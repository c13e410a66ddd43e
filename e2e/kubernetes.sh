#!/usr/bin/env bash
# Proves the chart on a real cluster: kind, or any other that KUBECONFIG names, with the images loaded.
#
#   e2e/kubernetes.sh [--tag TAG] [--json FILE] [PART...]
#
# Parts, in this order; all where none is named:
#   install    Pod Security "restricted" is enforced; seconds to all pods Ready; start of each pod; idle memory
#   song       `beatbot make` through the gateway's Service gives what the one-machine start gives, byte for byte
#   test       `helm test` makes a song
#   network    which pod may connect to what, and no pod has a token
#   kill       a pod of each service, and Redis, killed while 20 jobs run: 20 succeed, once each
#   upgrade    a `helm upgrade` that replaces the pods of all services, and its rollback, under steady requests: none
#              fails
#   rejects    a missing Secret, an image that is not there: the old pods go on serving
#   uninstall  leaves what the chart's notes say, and nothing else
#
# Ends with the line "N passed, N failed".
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

namespace=beatbot-e2e release=beatbot tag=dev json=
while [[ ${1:-} == --* ]]; do
  case $1 in
    --tag) tag=$2 ;;
    --json) json=$2 ;;
    *) echo "kubernetes.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
parts=("${@:-all}")
[[ ${parts[0]} != all ]] || parts=(install song test network kill upgrade rejects uninstall)

services=(gateway orchestrator composer renderer storage)
passed=0 failed=0 figures=()
work=$(mktemp -d)
# The one-machine start's PostgreSQL is another user's where this runs as root.
chmod 755 "$work"
background=()
end() { kill "$1" 2>/dev/null || true; }
cleanup() {
  for pid in "${background[@]}"; do end "$pid"; done
  rm -rf "$work"
}
trap cleanup EXIT

k() { kubectl -n "$namespace" "$@"; }
ok() { printf 'ok    %s\n' "$*"; passed=$((passed + 1)); }
fail() { printf 'FAIL  %s\n' "$*"; failed=$((failed + 1)); }
figure() { # NAME VALUE UNIT
  printf '      %s: %s %s\n' "$1" "$2" "$3"
  figures+=("{\"name\":\"$1\",\"value\":$2,\"unit\":\"$3\"}")
}
seconds_since() { node -p "((Date.now() - $1) / 1000).toFixed(1)"; }
now() { date +%s%3N; }
# Runs a script from standard input in a pod of a service; the images have node and nothing else.
node_in() { k exec -i "deployment/$release-$1" -c "$1" -- /nodejs/bin/node - "${@:2}"; }
chart() { helm -n "$namespace" "$1" "$release" charts/beatbot --set image.tag="$tag" "${@:2}"; }
forward_gateway() {
  kubectl -n "$namespace" port-forward "service/$release-gateway" :8080 >"$work/forward" 2>&1 &
  background+=($!)
  for _ in $(seq 50); do
    port=$(sed -n 's/^Forwarding from 127.0.0.1:\([0-9]*\).*/\1/p' "$work/forward")
    [[ -z $port ]] || return 0
    sleep 0.1
  done
  fail "port-forward: $(cat "$work/forward")"
  return 1
}

part_install() {
  kubectl create namespace "$namespace" >/dev/null
  kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
  local start
  start=$(now)
  if chart install --wait --timeout 5m >"$work/notes" 2>&1; then
    ok 'helm install, all pods Ready, Pod Security "restricted" enforced'
  else
    fail "helm install: $(tail -3 "$work/notes")"
    k get pods
    k get events --sort-by=.lastTimestamp | tail -20
    return
  fi
  figure 'install to Ready' "$(seconds_since "$start")" s
  k get pods -o json >"$work/pods.json"
  node - "$work/pods.json" <<'JS' >"$work/starts"
const { items } = JSON.parse(require('node:fs').readFileSync(process.argv[2]));
for (const { metadata, status } of items) {
  const started = Date.parse(status.containerStatuses[0].state.running.startedAt);
  const ready = Date.parse(status.conditions.find(({ type }) => type === 'Ready').lastTransitionTime);
  console.log(metadata.labels['app.kubernetes.io/component'], (ready - started) / 1000, status.containerStatuses[0].restartCount);
}
JS
  while read -r name took restarts; do
    figure "$name container started to Ready (whole seconds)" "$took" s
    [[ $restarts == 0 ]] || printf '      %s was restarted %s times meanwhile\n' "$name" "$restarts"
  done <"$work/starts"
  sleep 20
  if k top pods --no-headers >"$work/top" 2>/dev/null; then
    figure 'idle memory of the release' "$(awk '{sum += $3} END {print sum + 0}' "$work/top")" MiB
    sed 's/^/      /' "$work/top"
  fi
}

hashes() { (cd "$1" && find . -type f ! -name receipt.json -exec sha256sum {} + | sort -k2); }
prompt='dusty lo-fi beat at 82 bpm in D minor, 16 bars, Rhodes and upright bass'
part_song() {
  # Math.pow is not the same in all versions of V8, and with it the last bits of some sounds.
  local here there
  here=$(node -p 'process.versions.v8.split(".")[0]')
  there=$(echo 'console.log(process.versions.v8.split(".")[0])' | node_in renderer)
  [[ $here == "$there" ]] || { fail "the one-machine start has the images' Node: V8 $here is not $there"; return 0; }
  forward_gateway || return 0
  local start
  start=$(now)
  if npx beatbot --url "http://127.0.0.1:$port" make "$prompt" --seed 7 -o "$work/cluster" >"$work/make" 2>&1; then
    ok 'beatbot make through the gateway gives a song'
    figure 'a song of 16 bars, downloaded' "$(seconds_since "$start")" s
  else
    fail "beatbot make: $(tail -5 "$work/make")"
    return 0
  fi
  local missing=0
  for file in mix.mp3 mix.wav song.mid song.musicxml score.json receipt.json stems; do
    [[ -e $work/cluster/$file ]] || { fail "the song has $file"; missing=1; }
  done
  [[ $missing == 1 ]] || ok "the song is complete: $(find "$work/cluster" -type f | wc -l) files"
  # The one-machine start, from the same sources.
  node libs/local-stack/bin/up.js --port 18080 --data "$work/data" >"$work/up" 2>&1 &
  local stack=$!
  background+=("$stack")
  for _ in $(seq 120); do curl -fsS http://127.0.0.1:18080/readyz >/dev/null 2>&1 && break; sleep 0.5; done
  if npx beatbot --url http://127.0.0.1:18080 make "$prompt" --seed 7 -o "$work/local" >"$work/make" 2>&1; then
    if diff <(hashes "$work/cluster") <(hashes "$work/local") >"$work/diff"; then
      ok 'its files are those of the one-machine start, byte for byte'
    else
      fail "its files are those of the one-machine start: $(head -10 "$work/diff")"
    fi
  else
    fail "the one-machine start: $(cat "$work/up" "$work/make" | tail -8)"
  fi
  end "$stack"; wait "$stack" 2>/dev/null || true
}

part_test() {
  if helm -n "$namespace" test "$release" --timeout 5m >"$work/test" 2>&1; then
    ok "helm test makes a song"
  else
    fail "helm test: $(tail -5 "$work/test")"
  fi
}

part_network() {
  local from
  for from in "${services[@]}"; do
    node_in "$from" "$from" "$release" <<'JS' >"$work/network" 2>&1 || true
const { connect } = require('node:net');
const { existsSync } = require('node:fs');
const [from, release] = process.argv.slice(2);
const allowed = {
  gateway: ['orchestrator', 'composer', 'renderer', 'storage', 'redis', 'gateway'],
  orchestrator: ['composer', 'renderer', 'storage', 'redis', 'gateway'],
  composer: ['storage', 'redis', 'gateway'],
  renderer: ['storage', 'gateway'],
  storage: ['postgresql', 's3', 'gateway'],
}[from];
// The gateway is open to everybody; but that others of the release reach it takes their own permission to go out.
const may = new Set(allowed.filter((name) => name !== 'gateway'));
const targets = [
  ...['orchestrator', 'composer', 'renderer', 'storage'].map((name) => [name, `${release}-${name}`, 50051]),
  ['gateway', `${release}-gateway`, 8080],
  ['redis', `${release}-redis`, 6379],
  ['postgresql', `${release}-postgresql`, 5432],
  ['s3', `${release}-s3`, 7070],
  ['metrics', `${release}-${from === 'storage' ? 'gateway' : 'storage'}`, 9464],
  ['the API server', 'kubernetes.default.svc', 443],
];
const reach = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer) => (socket.destroy(), resolve(answer));
    socket.setTimeout(2000, () => end(false));
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
(async () => {
  const wrong = [];
  const seen = await Promise.all(
    targets.filter(([name]) => name !== from).map(async ([name, host, port]) => {
      const reached = await reach(host, port);
      if (reached !== may.has(name)) wrong.push(`${name} is ${reached ? 'reached' : 'not reached'}`);
      return `${reached ? '+' : '-'}${name}`;
    }),
  );
  if (existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token')) wrong.push('it has a token');
  console.log(wrong.length === 0 ? 'right' : wrong.join('; '), '|', seen.join(' '));
})();
JS
    if grep -q '^right' "$work/network"; then
      ok "$from connects to what it may, has no token: $(sed 's/^[^|]*| //' "$work/network")"
    else
      fail "$from: $(cat "$work/network")"
    fi
  done
}

# Asks for songs and waits for them; prints how many succeeded and how many revisions each song has.
jobs_script() {
  cat <<'JS'
const { randomUUID } = require('node:crypto');
const [gateway, count] = process.argv.slice(2);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function call(path, options) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(gateway + path, { ...options, signal: AbortSignal.timeout(10_000) });
      if (response.ok) return await response.json();
      if (response.status < 500 && response.status !== 429) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    } catch (error) {
      if (error.message.startsWith('/')) throw error;
    }
    if (attempt > 240) throw new Error(`${path}: no answer`);
    await sleep(500);
  }
}
(async () => {
  const asked = await Promise.all(
    Array.from({ length: Number(count) }, async (_, seed) => {
      // The same key at each retry: one request, one song.
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      const body = JSON.stringify({ prompt: `calm ambient piano, ${8 + 4 * (seed % 3)} bars`, seed, title: 'killed' });
      return call('/v1/songs', { method: 'POST', headers, body });
    }),
  );
  console.log('accepted');
  const states = await Promise.all(
    asked.map(async ({ job, song }) => {
      for (;;) {
        const { state, error } = await call(`/v1/jobs/${job.id}`);
        if (['succeeded', 'failed', 'cancelled'].includes(state)) {
          const { revisions } = await call(`/v1/songs/${song.id}/revisions`);
          return state === 'succeeded' && revisions.length === 1 ? 'once' : `${state}, ${revisions.length} revisions: ${JSON.stringify(error)}`;
        }
        await sleep(1000);
      }
    }),
  );
  console.log(JSON.stringify(states.filter((state) => state !== 'once')));
  console.log(`once ${states.filter((state) => state === 'once').length} of ${new Set(asked.map(({ song }) => song.id)).size}`);
})();
JS
}

part_kill() {
  # From outside the pods that die: through a forward that is renewed when its pod is gone.
  (
    trap 'kill "$child" 2>/dev/null; exit' TERM
    while true; do
      kubectl -n "$namespace" port-forward "service/$release-gateway" 18081:8080 >/dev/null 2>&1 &
      child=$!
      wait "$child" || true
      sleep 0.5
    done
  ) &
  local forward=$! client start
  background+=("$forward")
  start=$(now)
  jobs_script >"$work/jobs.js"
  node "$work/jobs.js" http://127.0.0.1:18081 20 >"$work/jobs" 2>&1 &
  client=$!
  background+=("$client")
  for _ in $(seq 100); do grep -q accepted "$work/jobs" && break; sleep 0.2; done
  local name pod
  for name in "${services[@]}" redis; do
    pod=$(k get pods -l "app.kubernetes.io/component=$name" -o name | shuf -n 1)
    k delete "$pod" --grace-period=0 --force >/dev/null 2>&1
    printf '      %s killed after %s s\n' "$pod" "$(seconds_since "$start")"
    sleep 4
  done
  wait "$client" || true
  if grep -q '^once 20 of 20' "$work/jobs"; then
    ok '20 jobs, a pod of each service and Redis killed meanwhile: 20 succeed, once each'
    figure '20 jobs with six kills' "$(seconds_since "$start")" s
  else
    fail "20 jobs succeed once each: $(tail -3 "$work/jobs")"
  fi
  kill "$forward" 2>/dev/null || true
}

# A pod of node to run scripts in, outside the release.
start_client() {
  k apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: 0
  securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: client
      image: docker.io/beatbot/gateway:$tag
      imagePullPolicy: IfNotPresent
      command: [/nodejs/bin/node, --eval, 'setInterval(() => {}, 1e6)']
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
YAML
  k wait pod/client --for=condition=Ready --timeout=60s >/dev/null
}

part_upgrade() {
  start_client
  local requests annotations=() name
  k exec -i client -- /nodejs/bin/node - "http://$release-gateway:8080" <<'JS' >"$work/requests" 2>&1 &
const http = require('node:http');
const paths = ['/v1/songs', '/v1/styles', '/v1/instruments', '/v1/jobs'];
let sent = 0;
let open = 0;
const failed = [];
// A connection each, so that the Service chooses anew.
const timer = setInterval(() => {
  const path = paths[sent++ % paths.length];
  open += 1;
  const end = (why) => {
    open -= 1;
    if (why) failed.push(`${new Date().toISOString()} ${path}: ${why}`);
  };
  http
    .get(process.argv[2] + path, { agent: false, timeout: 20_000 }, (response) => {
      response.resume().on('end', () => end(response.statusCode === 200 ? '' : response.statusCode));
    })
    .on('timeout', function () {
      this.destroy(new Error('no answer in 20 s'));
    })
    .on('error', (error) => end(error.message));
}, 100);
console.log('begun');
const wait = setInterval(() => {
  if (!require('node:fs').existsSync('/tmp/stop')) return;
  clearInterval(timer);
  if (open > 0) return;
  clearInterval(wait);
  console.log(failed.slice(0, 5).join('\n'));
  console.log(`failed ${failed.length} of ${sent}`);
}, 200);
JS
  requests=$!
  background+=("$requests")
  for _ in $(seq 50); do grep -q begun "$work/requests" && break; sleep 0.2; done
  for name in "${services[@]}"; do annotations+=(--set-string "services.$name.annotations.rolled=yes"); done
  chart upgrade "${annotations[@]}" --wait --timeout 4m >/dev/null || fail 'helm upgrade'
  sleep 8
  helm -n "$namespace" rollback "$release" --wait --timeout 4m >/dev/null || fail 'helm rollback'
  sleep 8
  k exec client -- /nodejs/bin/node --eval 'require("node:fs").writeFileSync("/tmp/stop", "")'
  wait "$requests" || true
  k delete pod client --wait=false >/dev/null
  if grep -q '^failed 0 of' "$work/requests"; then
    ok "helm upgrade and rollback under steady requests: $(tail -1 "$work/requests")"
  else
    fail "helm upgrade and rollback under steady requests: $(tail -6 "$work/requests")"
  fi
}

part_rejects() {
  local before after
  before=$(k get pods -l app.kubernetes.io/component=gateway -o name)
  chart upgrade --set services.gateway.image.tag=not-there >/dev/null
  for _ in $(seq 60); do
    k get pods -l app.kubernetes.io/component=gateway -o json | grep -qE 'ErrImagePull|ImagePullBackOff' && break
    sleep 1
  done
  after=$(k get pods -l app.kubernetes.io/component=gateway --field-selector status.phase=Running -o name)
  if [[ -n $before && $after == "$before" ]]; then
    ok 'an image that is not there: the old gateway goes on serving'
  else
    fail "an image that is not there: $before became $after"
  fi
  helm -n "$namespace" rollback "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm rollback'
  after=$(k get pods -l app.kubernetes.io/component=gateway -o name)
  if [[ $after == "$before" ]]; then ok 'helm rollback leaves it as it was'; else fail "helm rollback: $before became $after"; fi
}

part_uninstall() {
  helm -n "$namespace" uninstall "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm uninstall'
  k wait pods --all --for=delete --timeout=90s >/dev/null 2>&1 || true
  local left expected
  left=$(k get all,configmaps,secrets,serviceaccounts,networkpolicies,pdb,hpa,ingress,pvc -o name 2>/dev/null |
    grep -v -e configmap/kube-root-ca.crt -e serviceaccount/default | sort)
  expected=$(printf '%s\n' "persistentvolumeclaim/data-$release-postgresql-0" \
    "persistentvolumeclaim/data-$release-redis-0" "persistentvolumeclaim/data-$release-s3-0" "secret/$release-secrets" | sort)
  if [[ $left == "$expected" ]]; then
    ok 'helm uninstall leaves the claims and the Secret that its notes name, and nothing else'
  else
    fail "helm uninstall leaves: $left"
  fi
  kubectl delete namespace "$namespace" --wait=false >/dev/null
}

for part in "${parts[@]}"; do
  declare -F "part_$part" >/dev/null || { echo "kubernetes.sh: no part $part" >&2; exit 2; }
  printf '=== %s\n' "$part"
  "part_$part"
done
if [[ -n $json ]]; then
  node -e 'require("node:fs").writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2).map((f) => JSON.parse(f)), null, 2) + "\n")' "$json" "${figures[@]}"
fi
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[[ $failed == 0 ]]
