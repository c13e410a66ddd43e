make_namespace
begun=$(now)
if chart install --wait --timeout 5m >"$work/notes" 2>&1; then
  ok 'helm install, all pods Ready, Pod Security "restricted" enforced'
else
  fail "helm install: $(tail -3 "$work/notes")"
  k get pods
  k get events --sort-by=.lastTimestamp | tail -20
fi
figure install "$(seconds_since "$begun")" s '' 'helm install to all pods Ready, five services and three servers at once'

see_node

# Milliseconds that a service says it took from the start of its process until it listened, and until it was ready.
own_time() { k logs "$(pods_of "$1" | head -1)" | sed -n "s/.*[\" ]$2 after \([0-9]*\) ms.*/\1/p" | head -1; }
for name in "${services[@]}"; do
  figure "start-$name" "$(node -p "$(own_time "$name" 'is up') / 1000")" s 1 'process start to listening, all pods at once'
  note "$name was ready after $(own_time "$name" ready) ms"
done
# One pod alone, as when an autoscaler adds it.
for name in "${services[@]}"; do
  before=$(pods_of "$name")
  k rollout restart "deployment/$release-$name" >/dev/null
  k rollout status "deployment/$release-$name" --timeout=90s >/dev/null || fail "$name starts anew"
  until_true 60 gone "$before" "$name" || fail "the old pod of $name goes"
  figure "start-alone-$name" "$(node -p "$(own_time "$name" ready) / 1000")" s 1 'process start to ready, beside a running system'
done
sleep 15
if k top pods --no-headers >"$work/top" 2>/dev/null; then
  figure memory-idle "$(awk '{sum += $3} END {print sum + 0}' "$work/top")" MiB '' 'all pods of the release'
  sed 's/^/      /' "$work/top"
else
  fail 'the cluster measures memory (metrics-server)'
fi
