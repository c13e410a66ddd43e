# What the parts share. A part is sourced; it reports by ok, fail and figure, and goes on.
services=(gateway orchestrator composer renderer storage)
clients=e2e/kubernetes/clients
namespace=beatbot-e2e release=beatbot
passed=0 failures=() figures=()
# The version of Node in the images, once a part has seen it.
images_node=unknown
see_node() { images_node=$(k exec "deployment/$release-gateway" -- /nodejs/bin/node --version); }
work=$(mktemp -d)
# The one-machine start's PostgreSQL is another user's where this runs as root.
chmod 755 "$work"
background=()

end() { kill "$1" 2>/dev/null || true; }
cleanup() {
  local pid
  for pid in "${background[@]}"; do end "$pid"; done
  rm -rf "$work"
}
trap cleanup EXIT

k() { kubectl -n "$namespace" "$@"; }
ok() { printf 'ok    %s\n' "$*"; passed=$((passed + 1)); }
fail() { printf 'FAIL  %s\n' "$*"; failures+=("$*"); }
note() { printf '      %s\n' "$*"; }
now() { date +%s%3N; }
seconds_since() { node -p "((Date.now() - $1) / 1000).toFixed(1)"; }

# figure NAME VALUE UNIT [TARGET] [NOTE]; all our figures are better when lower, but those per minute.
figure() {
  printf '      kubernetes.%s: %s %s%s\n' "$1" "$2" "$3" "${4:+ (target $4)}"
  figures+=("$(node -p 'const [name, value, unit, target, note] = process.argv.slice(1);
    JSON.stringify({ name: `kubernetes.${name}`, value: Number(value), unit, ...(target && { target: Number(target) }),
      better: unit.endsWith("/min") ? "higher" : "lower", ...(note && { note }) })' "$1" "$2" "$3" "${4:-}" "${5:-}")")
}
write_figures() {
  [[ -n $json ]] || return 0
  printf '%s\n' "${figures[@]}" | node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const cpus = require("node:os").cpus();
    const figures = readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const [file, commit, node] = process.argv.slice(1);
    const cpu = `${cpus.length} x ${cpus[0].model.trim()}`;
    const date = new Date().toISOString().slice(0, 10);
    writeFileSync(file, `${JSON.stringify({ commit, node, cpu, date, figures }, null, 2)}\n`);
  ' "$json" "$(git rev-parse --short HEAD)" "$images_node"
}

# until_true SECONDS COMMAND...
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.5
  done
}

make_namespace() {
  kubectl create namespace "$namespace" >/dev/null
  kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
}
chart() { helm -n "$namespace" "$1" "$release" charts/beatbot --set image.tag="$tag" ${pre_stop:+--set defaults.preStopSeconds="$pre_stop"} "${@:2}"; }
pods_of() { k get pods -l "app.kubernetes.io/component=$1" -o name "${@:2}"; }
one_pod() { [[ $(pods_of "$1" | wc -l) == 1 ]]; }
# gone PODS SERVICE: that none of these pods of a service is there any longer.
gone() { [[ -z $(comm -12 <(sort <<<"$1") <(pods_of "$2" | sort)) ]]; }
# Runs a client in a pod of a service; the images have node and nothing else.
node_in() { k exec -i "$1" -- /nodejs/bin/node --input-type=module - "${@:3}" <"$clients/$2.mjs"; }

# A pod of node to run clients in, outside the release, on the first node.
gateway="http://$release-gateway:8080"
start_client() {
  k apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  automountServiceAccountToken: false
  terminationGracePeriodSeconds: 0
  nodeName: $(first_node)
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
end_client() { k delete pod client --wait >/dev/null; }
# Of those that take pods.
nodes() { kubectl get nodes -l '!node-role.kubernetes.io/control-plane' -o name | sed 's#node/##'; }
first_node() { nodes | head -1; }
last_node() { nodes | tail -1; }

# start_in_client FILE CLIENT WORD ARGUMENT...: begins a client in the client's pod, waits until it has said WORD; its
# process is $started_client, its output in FILE.
start_in_client() {
  node_in pod/client "$2" "${@:4}" >"$1" 2>&1 &
  started_client=$!
  background+=("$started_client")
  until_true 60 grep -q "$3" "$1" || fail "$2: $(tail -3 "$1")"
}
start_requests() { start_in_client "$work/requests" requests begun "$gateway"; }
# end_requests WHAT: that no request failed meanwhile.
end_requests() {
  k exec client -- /nodejs/bin/node --eval 'require("node:fs").writeFileSync("/tmp/stop", "")'
  wait "$started_client" || true
  if grep -q '^failed 0 of' "$work/requests"; then
    ok "$1: $(tail -1 "$work/requests") requests"
  else
    fail "$1: $(tail -6 "$work/requests")"
  fi
}
# songs_succeed WHAT COUNT: that all songs asked for succeeded once.
songs_succeed() {
  wait "$started_client" || true
  if grep -q "^once $2 of $2" "$work/songs"; then
    ok "$1"
  else
    fail "$1: $(tail -5 "$work/songs")"
  fi
}
