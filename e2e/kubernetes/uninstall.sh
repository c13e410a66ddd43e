helm -n "$namespace" uninstall "$release" --wait --timeout 3m >/dev/null 2>&1 || fail 'helm uninstall'
no_pods() { [[ -z $(k get pods -o name) ]]; }
until_true 90 no_pods || fail "the pods end: $(k get pods)"
left=$(k get all,configmaps,secrets,serviceaccounts,networkpolicies,pdb,hpa,ingress,pvc -o name 2>/dev/null |
  grep -v -e configmap/kube-root-ca.crt -e serviceaccount/default | sort)
expected=$(printf '%s\n' "persistentvolumeclaim/data-$release-postgresql-0" "persistentvolumeclaim/data-$release-redis-0" \
  "persistentvolumeclaim/data-$release-s3-0" "secret/$release-secrets" | sort)
if [[ $left == "$expected" ]]; then
  ok 'helm uninstall leaves the claims and the Secret that its notes name, and nothing else'
else
  fail "helm uninstall leaves: $left"
fi
kubectl delete namespace "$namespace" --wait=false >/dev/null
