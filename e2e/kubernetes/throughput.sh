start_client
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
