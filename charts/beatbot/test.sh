#!/usr/bin/env bash
# Checks the chart without a cluster: lint, README and renderings as committed, values that must be refused, and what every
# pod must have. `test.sh --update` writes README and renderings anew. Needs helm and node; uses kubeconform, with the
# schemas of the cluster that kubectl reaches, kube-score, and helm-docs (installed where only Go is found).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
command -v helm >/dev/null || { echo 'test.sh: helm is not on the PATH' >&2; exit 2; }
update=${1:-}
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ok() { printf 'ok    %s\n' "$*"; }
fail() { printf 'FAIL  %s\n' "$*"; failed=$((failed + 1)); }

# What is drawn at random for evaluation differs from rendering to rendering.
render() { helm template beatbot . --namespace beatbot --kube-version 1.34.0 "$@" | sed -E 's/^(  (database-url|postgresql-password|redis-password|redis-url|redis\.conf|s3-password|operator-key): ).*/\1GENERATED/'; }

is_refused() { # WHAT PATTERN HELM-OPTION...
  local what=$1 pattern=$2 output
  shift 2
  if output=$(helm template beatbot . --kube-version 1.34.0 "$@" 2>&1); then
    fail "$what is refused: it was rendered"
  elif grep -qE -- "$pattern" <<<"$output"; then
    ok "$what is refused"
  else
    fail "$what is refused, naming $pattern: it said $output"
  fi
}

if helm lint --strict --quiet . >"$work/lint" 2>&1; then ok 'helm lint --strict'; else fail "helm lint: $(cat "$work/lint")"; fi

helm_docs=$(command -v helm-docs || true)
if [[ -z $helm_docs ]] && command -v go >/dev/null; then
  tools=$(cd ../.. && pwd)/node_modules/.cache/helm-docs
  [[ -x $tools/helm-docs ]] || GOBIN=$tools go install github.com/norwoodj/helm-docs/cmd/helm-docs@v1.14.2
  helm_docs=$tools/helm-docs
fi
if [[ -n $helm_docs ]]; then
  "$helm_docs" --chart-search-root . --dry-run --sort-values-order file --log-level warning >"$work/README.md"
  (cd ../.. && npx prettier --parser markdown) <"$work/README.md" >"$work/README"
  [[ $update != --update ]] || cp "$work/README" README.md
  if diff -u README.md "$work/README" >"$work/diff"; then
    ok 'README.md is what README.md.gotmpl and the comments of values.yaml say'
  else
    fail 'README.md is what README.md.gotmpl and the comments of values.yaml say (or run test.sh --update)'
    head -20 "$work/diff"
  fi
  if grep -E '^\| .*\| +\|$' "$work/README" >"$work/undescribed"; then fail "every value is described: $(<"$work/undescribed")"; else ok 'every value is described'; fi
else
  echo 'skip  README.md (needs helm-docs or Go)'
fi

cp -r . "$work/with-notes"
cat >"$work/with-notes/templates/notes.yaml" <<'YAML'
notes: |
  {{- include (print $.Template.BasePath "/NOTES.txt") . | nindent 2 }}
YAML
for values in examples/*.yaml; do
  [[ $values != *.rendered.yaml ]] || continue
  rendered=${values%.yaml}.rendered.yaml
  render -f "$values" >"$work/rendered.yaml"
  [[ $update != --update ]] || cp "$work/rendered.yaml" "$rendered"
  if diff -u "$rendered" "$work/rendered.yaml" >"$work/diff"; then
    ok "$values renders as committed"
  else
    fail "$values renders as committed (or run test.sh --update and look at the difference)"
    head -40 "$work/diff"
  fi
  # `helm template` leaves the notes out, but not what includes them.
  helm template beatbot "$work/with-notes" --namespace beatbot --kube-version 1.34.0 -f "$values" -s templates/notes.yaml >"$work/notes"
  node ../../tools/check-rendered-chart.mjs "$rendered" "$work/notes" || failed=$((failed + 1))
done
if node - <<'JS'
const { readFileSync } = require('node:fs');
const open = [];
const walk = (schema, path) => {
  if (schema.properties && schema.type && schema.additionalProperties !== false) open.push(path);
  for (const [key, value] of Object.entries(schema)) if (value && typeof value === 'object') walk(value, `${path}.${key}`);
};
walk(JSON.parse(readFileSync('values.schema.json', 'utf8')), 'values');
if (open.length > 0) console.log(`FAIL  the schema is closed: ${open.join(', ')}`);
process.exitCode = open.length > 0 ? 1 : 0;
JS
then ok 'the schema is closed: no object of it takes what it does not know'; else failed=$((failed + 1)); fi

is_refused 'an unknown value' "imagee|additional" --set imagee.tag=1
is_refused 'an unknown service' "drummer|additional" --set services.drummer.replicas=1
is_refused 'a mistyped value of a service' "services.*composer|replica" --set services.composer.replica=2
is_refused 'a number of replicas that is none' "replicas" --set services.orchestrator.replicas=many
is_refused "an S3 server's address without a bucket" "s3.*endpoint" --set s3.endpoint=https://s3.example.com
is_refused 'a bucket that cannot be one' "s3.*bucket" --set s3.bucket=My_Bucket
is_refused 'a volume for objects in storage itself' "objects" --set objects.storage=4Gi
is_refused 'a database that is not PostgreSQL' "postgresql.*url" --set postgresql.url=mysql://a/b
is_refused 'a password in an environment variable' "DATABASE_PASSWORD" --set services.storage.env.DATABASE_PASSWORD=x
is_refused 'a password that does not fit into a URL' "postgresql.bundled.password" --set postgresql.bundled.password=p@ssword1
is_refused 'a variable that the chart sets itself' "DATABASE_REPLICA_URLS" --set services.storage.env.DATABASE_REPLICA_URLS=postgres://a/b
is_refused 'a read replica of the bundled PostgreSQL' "readReplicaUrls" --set 'postgresql.readReplicaUrls={postgres://a/b}'
is_refused 'a read replica that is not PostgreSQL' "readReplicaUrls" --set postgresql.url=postgres://a/b --set 'postgresql.readReplicaUrls={mysql://a/b}'
is_refused 'read replicas given twice' "readReplicaUrls" --set postgresql.existingSecret.name=database --set postgresql.existingSecret.readReplicasKey=replicas --set 'postgresql.readReplicaUrls={postgres://a/b}'
is_refused 'a key of no Secret' "existingSecret.*directKey" --set postgresql.url=postgres://a/b --set postgresql.existingSecret.directKey=direct
is_refused 'a database given twice' "postgresql.*url" --set postgresql.url=postgres://a/b --set postgresql.existingSecret.name=database
is_refused 'a variable from a Secret without its key' "secretEnv.*key" --set services.storage.secretEnv.WEBHOOK_SIGNING_SECRET.name=webhooks
is_refused 'an OIDC issuer without an audience' "auth.*audience" --set auth.mode=oidc --set auth.oidc.issuer=https://a.example
is_refused "the operator's key in an environment variable" "OPERATOR_KEY" --set services.gateway.env.OPERATOR_KEY=x
is_refused 'an ingress without a host' "hosts" --set ingress.enabled=true
is_refused 'an edge to a service that is not there' "connectsTo" --set 'services.gateway.connectsTo={mixer}'

render -f examples/evaluation.yaml >"$work/evaluation.yaml"
render -f examples/production.yaml >"$work/production.yaml"
has_no() { # WHAT FILE PATTERN
  if grep -nE -- "$3" "$2" >"$work/hits"; then fail "$1: $(head -3 "$work/hits")"; else ok "$1"; fi
}
has_count() { # WHAT FILE PATTERN COUNT
  local count
  count=$(grep -cE -- "$3" "$2" || true)
  if [[ $count == "$4" ]]; then ok "$1"; else fail "$1: $count, not $4"; fi
}
# 5 services, 3 bundled servers, and the test's pod, which has no account of its own.
has_count 'no account has a token mounted, in account nor pod' "$work/evaluation.yaml" 'automountServiceAccountToken: false' 17
has_no 'and none asks for one' "$work/evaluation.yaml" 'automountServiceAccountToken: true'
has_count 'every container has a read-only root' "$work/evaluation.yaml" 'readOnlyRootFilesystem: true' 9
has_count 'every container drops all capabilities' "$work/evaluation.yaml" 'drop: \[ALL\]' 9
has_count 'no Deployment with an autoscaler states replicas' "$work/production.yaml" '^  replicas:' 2
has_count 'three services scale by themselves' "$work/production.yaml" '^kind: HorizontalPodAutoscaler' 3
has_count 'the four gRPC services are headless' "$work/production.yaml" 'clusterIP: None' 4
has_no 'production brings no server of its own' "$work/production.yaml" 'kind: StatefulSet'
has_no 'nothing secret is in a ConfigMap' "$work/production.yaml" 'kind: ConfigMap'
render --set postgresql.url=postgres://me:verysecret@db/beatbot --set 'postgresql.readReplicaUrls={postgres://me:verysecret@replica/beatbot}' \
  --set redis.url=redis://:verysecret@redis >"$work/inline.yaml"
has_no 'a password given inline is seen nowhere but in the Secret, encoded' "$work/inline.yaml" 'verysecret'
render --set postgresql.bundled.password=verysecret,redis.bundled.password=verysecret,s3.bundled.password=verysecret >"$work/bundled.yaml"
has_no 'nor is one of the bundled servers' "$work/bundled.yaml" 'verysecret'

# The schemas are those of the cluster that kubectl reaches.
if command -v kubeconform >/dev/null && kubectl get --raw /openapi/v2 >"$work/openapi.json" 2>/dev/null; then
  mkdir "$work/schemas"
  node - "$work" <<'JS'
const { readFileSync, writeFileSync } = require('node:fs');
const work = process.argv[2];
const { definitions } = JSON.parse(readFileSync(`${work}/openapi.json`));
for (const definition of Object.values(definitions)) {
  if (definition.properties && !definition['x-kubernetes-preserve-unknown-fields']) definition.additionalProperties ??= false;
}
// OpenAPI 2 calls them strings, the API takes numbers too.
for (const name of ['util.intstr.IntOrString', 'api.resource.Quantity']) {
  definitions[`io.k8s.apimachinery.pkg.${name}`] = { oneOf: [{ type: 'string' }, { type: 'number' }] };
}
writeFileSync(`${work}/schemas/definitions.json`, JSON.stringify({ definitions }));
for (const [name, definition] of Object.entries(definitions)) {
  for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
    const file = [kind.toLowerCase(), ...(group ? [group.split('.')[0]] : []), version].join('-');
    writeFileSync(`${work}/schemas/${file}.json`, JSON.stringify({ $ref: `definitions.json#/definitions/${name}` }));
  }
}
JS
  conforms() { kubeconform -strict -summary -schema-location "$work/schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json" "$@"; }
  if conforms examples/*.rendered.yaml >"$work/kubeconform" 2>&1; then
    ok "kubeconform -strict: $(tail -1 "$work/kubeconform")"
  else
    fail "kubeconform: $(cat "$work/kubeconform")"
  fi
  sed 's/terminationGracePeriodSeconds/terminationGracePeriod/' examples/evaluation.rendered.yaml >"$work/mistyped.yaml"
  if conforms "$work/mistyped.yaml" >/dev/null 2>&1; then fail 'kubeconform sees a mistyped field'; else ok 'kubeconform sees a mistyped field'; fi
else
  echo 'skip  kubeconform (needs it on the PATH, and a cluster for its schemas)'
fi
if command -v kube-score >/dev/null; then
  # Reasons for what is ignored, in order: tags are not digests in examples; a CPU limit throttles what waits for a render;
  # the user is that of the base image; bundled servers have a Service with an address of its own, so that a new pod is found
  # at once.
  for rendered in examples/*.rendered.yaml; do
    if kube-score score --output-format ci \
      --ignore-test container-resources,container-image-pull-policy,container-security-context-user-group-id,container-ephemeral-storage-request-and-limit,deployment-replicas,deployment-has-host-podantiaffinity,statefulset-has-host-podantiaffinity,statefulset-has-servicename \
      "$rendered" >"$work/score" 2>&1; then
      ok "$rendered: kube-score has no critical finding"
    else
      fail "$rendered: kube-score: $(grep CRITICAL "$work/score" | head -20)"
    fi
  done
else
  echo 'skip  kube-score (not on the PATH)'
fi

if [[ $failed == 0 ]]; then echo 'the chart is as it should be'; else echo "$failed failed"; exit 1; fi
