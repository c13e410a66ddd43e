if [[ -z $small_volume ]]; then
  note 'no volume is filled: --small-volume names one'
  return 0
fi
namespace=beatbot-e2e-full
make_namespace
kubectl apply -f - >/dev/null <<YAML
apiVersion: v1
kind: PersistentVolume
metadata: { name: $namespace }
spec:
  capacity: { storage: 4Gi }
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: standard
  claimRef: { apiVersion: v1, kind: PersistentVolumeClaim, namespace: $namespace, name: data-$release-s3-0 }
  local: { path: $small_volume }
  nodeAffinity:
    required: { nodeSelectorTerms: [{ matchExpressions: [{ key: kubernetes.io/hostname, operator: In, values: [$(first_node)] }] }] }
YAML
# Deleted songs leave at once.
chart install --set-string services.storage.env.OBJECT_GRACE_HOURS=0.0001,services.storage.env.SONG_PURGE_HOURS=0 \
  --set-string services.storage.env.SWEEP_INTERVAL_SECONDS=2 --wait --timeout 5m >/dev/null || fail 'helm install'
start_client
start_in_client "$work/full" fill begun "$gateway"
wait "$started_client" || true
waits=$(grep -m1 '^waits: ' "$work/full" || true)
if [[ -n $waits ]]; then ok "a full volume of objects: the job $waits"; else fail "a full volume is named: $(tail -5 "$work/full")"; fi
if grep -q '^reads answer' "$work/full"; then ok 'what is there is read as before'; else fail "reads go on: $(tail -5 "$work/full")"; fi
if grep -q '^well again' "$work/full"; then ok 'with the other songs deleted it goes on by itself'; else fail "it is well again: $(tail -5 "$work/full")"; fi
not_ready=$(k get pods --no-headers | grep -v -e '1/1 .*Running' -e Completed || true)
if [[ -z $not_ready ]]; then ok 'all pods are ready'; else fail "all pods are ready: $not_ready"; fi
helm -n "$namespace" uninstall "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm uninstall'
kubectl delete namespace "$namespace" >/dev/null
kubectl delete pv "$namespace" >/dev/null
namespace=beatbot-e2e
