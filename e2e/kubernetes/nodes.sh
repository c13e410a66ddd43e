# A release of its own: the bundled servers, of one pod each, on the first node; two pods of each service, over both.
namespace=beatbot-e2e-nodes
make_namespace
first=$(first_node) last=$(last_node)
[[ $first != "$last" ]] || fail 'the cluster has two nodes'
two_of_each=(--set defaults.spreadOverNodes=DoNotSchedule)
for name in "${services[@]}"; do two_of_each+=(--set "services.$name.autoscaling.enabled=false,services.$name.replicas=2"); done
kubectl cordon "$last" >/dev/null
chart install --wait --timeout 5m >/dev/null || fail 'helm install'
kubectl uncordon "$last" >/dev/null
chart upgrade "${two_of_each[@]}" --wait --timeout 4m >/dev/null || fail 'helm upgrade to two pods of each service'
spread() {
  k rollout restart deployment >/dev/null
  for name in "${services[@]}"; do k rollout status "deployment/$release-$name" --timeout=3m >/dev/null || fail "$name starts anew"; done
}
on_last() { k get pods --field-selector "spec.nodeName=$last,status.phase=Running" -l "app.kubernetes.io/component=$1" -o name; }
start_client
spread
for name in "${services[@]}"; do [[ -n $(on_last "$name") ]] || fail "a pod of $name is on $last"; done

start_in_client "$work/songs" songs accepted "$gateway" 6
songs=$started_client
start_requests
requests=$started_client
if kubectl drain "$last" --ignore-daemonsets --delete-emptydir-data --timeout=3m >"$work/drain" 2>&1; then
  ok "$last is drained: $(grep -c 'evicted' "$work/drain" || true) pods evicted"
else
  fail "kubectl drain: $(tail -5 "$work/drain")"
fi
sleep 8
started_client=$requests
end_requests 'a node drained'
started_client=$songs
songs_succeed '6 jobs running meanwhile succeed, once each' 6
kubectl uncordon "$last" >/dev/null

if [[ -n $kill_node ]]; then
  spread
  start_in_client "$work/songs" songs accepted "$gateway" 10
  sleep 3
  begun=$(now)
  note "on $last: $(k get pods --field-selector "spec.nodeName=$last" -o name | wc -l) pods"
  $kill_node >/dev/null 2>&1 || fail "$kill_node"
  songs_succeed 'a node killed with 10 jobs running: all succeed, once each' 10
  figure ten-jobs-a-node-killed "$(seconds_since "$begun")" s '' 'from the death of the node to the last of 10 songs'
  $revive_node >/dev/null 2>&1 || fail "$revive_node"
  kubectl wait "node/$last" --for=condition=Ready --timeout=120s >/dev/null || fail "$last is back"
else
  note 'no node is killed: --kill-node says how'
fi
helm -n "$namespace" uninstall "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm uninstall'
kubectl delete namespace "$namespace" --wait=false >/dev/null
namespace=beatbot-e2e
