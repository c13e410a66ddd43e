if helm -n "$namespace" test "$release" --timeout 5m >"$work/test" 2>&1; then
  ok 'helm test makes a song'
else
  fail "helm test: $(tail -5 "$work/test")"
fi

before=$(pods_of gateway)
chart upgrade --set auth.mode=keys --wait --timeout 3m >/dev/null || fail 'helm upgrade to auth.mode=keys'
until_true 60 gone "$before" gateway || fail 'the old gateway goes'
status=$(k exec "deployment/$release-gateway" -- /nodejs/bin/node --eval \
  'fetch("http://127.0.0.1:8080/v1/songs").then(({ status }) => console.log(status))')
if [[ $status == 401 ]]; then ok 'with auth.mode=keys nobody is let in without a key'; else fail "without a key: $status"; fi
if helm -n "$namespace" test "$release" --timeout 5m >"$work/test" 2>&1; then
  ok "and helm test makes a song as the operator"
else
  fail "helm test with the operator's key: $(tail -5 "$work/test")"
fi
chart upgrade --wait --timeout 3m >/dev/null || fail 'helm upgrade'
