start_client
chart upgrade --set services.renderer.autoscaling.scaleDownWindowSeconds=10 --wait --timeout 3m >/dev/null || fail 'helm upgrade'
start_in_client "$work/songs" songs accepted "$gateway" 16 16 1000
most=1
while kill -0 "$started_client" 2>/dev/null; do
  replicas=$(k get hpa "$release-renderer" -o jsonpath='{.status.currentReplicas}')
  if ((replicas > most)); then
    most=$replicas
    note "$most renderers"
  fi
  # What each pod has rendered, before the autoscaler takes it away.
  for pod in $(pods_of renderer --field-selector status.phase=Running); do
    node_in "$pod" renders 2>/dev/null >"$work/counted" && mv "$work/counted" "$work/renders-${pod#pod/}"
  done
  sleep 1
done
songs_succeed '16 songs while the renderers scale' 16
if ((most > 1)); then ok "the renderer's autoscaler goes up: to $most pods"; else fail "the renderer's autoscaler goes up: $(k describe hpa "$release-renderer" | tail -8)"; fi
for file in "$work"/renders-*; do note "$(basename "$file" | sed 's/renders-//'): $(cat "$file") renders"; done
working=$(grep -lvx 0 "$work"/renders-* | wc -l)
if ((working > 1)); then ok "new pods get work: $working pods rendered"; else fail 'new pods get work'; fi
if until_true 180 one_pod renderer; then ok 'and goes down again'; else fail "and goes down again: $(pods_of renderer)"; fi
chart upgrade --wait --timeout 3m >/dev/null || fail 'helm upgrade'
end_client
