start_client
start_requests
sleep 2
chart upgrade --set image.tag="$next_tag" --wait --timeout 4m >/dev/null || fail "helm upgrade to $next_tag"
images=$(k get pods -l "app.kubernetes.io/component in ($(IFS=,; echo "${services[*]}"))" -o jsonpath='{.items[*].spec.containers[0].image}')
sleep 8
helm -n "$namespace" rollback "$release" --wait --timeout 4m >/dev/null || fail 'helm rollback'
sleep 8
if grep -q ":$next_tag" <<<"$images"; then ok 'the pods had the other images meanwhile'; else fail "the pods had $images"; fi
end_requests 'helm upgrade to other images, and rollback'
end_client
