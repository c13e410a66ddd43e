two_gateways=(--set services.gateway.autoscaling.enabled=false --set services.gateway.replicas=2)
chart upgrade "${two_gateways[@]}" --wait --timeout 3m >/dev/null || fail 'helm upgrade to two gateways'
start_client
start_in_client "$work/watch" watch watching "$gateway"
sleep 1
# Each pod once: whichever the clients were at, they go on at another.
for pod in $(pods_of gateway); do
  k delete "$pod" --grace-period=0 --force >/dev/null 2>&1
  k rollout status "deployment/$release-gateway" --timeout=90s >/dev/null || fail 'a new gateway starts'
done
wait "$started_client" || true
for way in 'Server-Sent Events' WebSocket; do
  if grep -qE "^$way: ([2-9]|[1-9][0-9]+) connections, [0-9]+ events, whole" "$work/watch"; then
    ok "resumed at another gateway, no event lost or repeated: $(grep "^$way:" "$work/watch")"
  else
    fail "$way goes on at another gateway: $(tail -5 "$work/watch")"
  fi
done
end_client
chart upgrade --wait --timeout 3m >/dev/null || fail 'helm upgrade'
