if chart upgrade --set services.gateway.replicaz=2 >"$work/refused" 2>&1; then
  fail 'a value that is none is refused'
elif grep -q replicaz "$work/refused"; then
  ok "a value that is none is refused: $(grep -m1 replicaz "$work/refused")"
else
  fail "a value that is none is refused by its name: $(cat "$work/refused")"
fi

before=$(pods_of gateway)
chart upgrade --set services.gateway.image.tag=not-there >/dev/null
image_is_missing() { pods_of gateway -o json | grep -qE 'ErrImagePull|ImagePullBackOff'; }
until_true 60 image_is_missing || fail 'the cluster says that the image is missing'
after=$(pods_of gateway --field-selector status.phase=Running)
if [[ -n $after && -z $(comm -23 <(sort <<<"$before") <(sort <<<"$after")) ]]; then
  ok 'an image that is not there: the old gateway goes on serving'
else
  fail "an image that is not there: $before became $after"
fi
helm -n "$namespace" rollback "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm rollback'
new_pod_is_gone() { ! pods_of gateway -o json | grep -q ':not-there'; }
# What is missing of the pods before.
lost() { comm -23 <(sort <<<"$before") <(pods_of gateway | sort); }
if until_true 60 new_pod_is_gone && [[ -z $(lost) ]]; then ok 'helm rollback leaves it as it was'; else fail "helm rollback: $before became $(pods_of gateway)"; fi

# A second release, whose Secret comes late.
lacking=(-n "$namespace" --set image.tag="$tag" --set redis.url=redis://"$release-redis":6379 --set postgresql.existingSecret.name=database)
helm install lacking charts/beatbot "${lacking[@]}" >/dev/null
secret_is_missing() { k get pods -l app.kubernetes.io/instance=lacking -o json | grep -q 'secret \\"database\\" not found'; }
if until_true 60 secret_is_missing; then
  ok 'a missing Secret: the pods wait, and say which'
else
  fail "a missing Secret is named: $(k get pods -l app.kubernetes.io/instance=lacking)"
fi
k create secret generic database --from-literal=database-url="postgres://nobody:none@nowhere.invalid:5432/none" >/dev/null
storage_runs() { k logs deployment/lacking-beatbot-storage 2>/dev/null | grep -q 'the database is away'; }
if until_true 90 storage_runs; then
  ok "with the Secret they start by themselves; a database that is not there is waited for: $(k logs deployment/lacking-beatbot-storage | grep -o -m1 '"msg":.*the database is away')"
else
  fail "with the Secret the pods start and wait for the database: $(k logs deployment/lacking-beatbot-storage | tail -3)"
fi
helm -n "$namespace" uninstall lacking --wait >/dev/null 2>&1 || fail 'helm uninstall of the second release'
k delete secret database --ignore-not-found >/dev/null
k delete pvc,secret -l app.kubernetes.io/instance=lacking >/dev/null
