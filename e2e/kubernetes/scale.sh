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

for count in 1 2 4; do
  chart upgrade --set services.renderer.autoscaling.enabled=false --set services.renderer.replicas="$count" --wait --timeout 3m >/dev/null || fail "$count renderers"
  begun=$(now)
  # Other seeds each time: what was rendered once is not rendered again.
  start_in_client "$work/songs" songs accepted "$gateway" 8 16 "$((2000 + 100 * count))"
  songs_succeed "8 songs with $count renderers" 8
  figure "songs-per-minute-$count-renderers" "$(node -p "(8 * 60000 / (Date.now() - $begun)).toFixed(1)")" 1/min '' \
    '8 songs of 16 bars asked at once; all pods and the cluster share the cores of this machine'
done
chart upgrade --wait --timeout 3m >/dev/null || fail 'helm upgrade'
end_client
