for from in "${services[@]}"; do
  node_in "deployment/$release-$from" connections "$from" "$release" >"$work/network" 2>&1 || true
  if grep -q '^right' "$work/network"; then
    ok "$from connects to what it may, has no token: $(sed 's/^[^|]*| //' "$work/network")"
  else
    fail "$from: $(cat "$work/network")"
  fi
done
