if helm -n "$namespace" test "$release" --timeout 5m >"$work/test" 2>&1; then
  ok 'helm test makes a song'
else
  fail "helm test: $(tail -5 "$work/test")"
fi
