readiness_says() { k exec "deployment/$release-$1" -- /nodejs/bin/node --eval '
  fetch("http://127.0.0.1:8080/readyz").then(async (answer) => console.log(answer.status, await answer.text()))' 2>&1 | tee "$work/readiness" | grep -qE "$2"; }

k scale "statefulset/$release-postgresql" --replicas=0 >/dev/null
if until_true 60 readiness_says storage '^503 .*"postgres":"(the database is|no answer)'; then
  ok "without PostgreSQL storage is not ready, and says why: $(cut -c1-160 "$work/readiness")"
else
  fail "storage says that PostgreSQL is away: $(cat "$work/readiness")"
fi
restarts() { k get pods -o jsonpath='{range .items[*]}{.status.containerStatuses[0].restartCount}{"\n"}{end}' | awk '{sum += $1} END {print sum + 0}'; }
before=$(restarts)
sleep 20
if [[ $(restarts) == "$before" ]]; then ok 'no pod is started again for it'; else fail "pods were started again: $(k get pods)"; fi
begun=$(now)
k scale "statefulset/$release-postgresql" --replicas=1 >/dev/null
start_client
start_in_client "$work/answers" answers 'all answer' "$gateway"
ok 'it heals by itself'
figure database-back "$(seconds_since "$begun")" s '' 'from the order for a PostgreSQL pod until songs, styles, instruments and jobs are listed'
end_client
