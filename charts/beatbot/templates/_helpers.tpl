{{- define "beatbot.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Labels that select the pods of one component: (list $ "gateway") */}}
{{- define "beatbot.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "beatbot.labels" -}}
{{ include "beatbot.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/part-of: beatbot
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end }}

{{/* The defaults under what the service says itself, as YAML: (list $ "gateway") */}}
{{- define "beatbot.service" -}}
{{- $root := index . 0 -}}
{{- mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (index $root.Values.services (index . 1))) | toYaml }}
{{- end }}

{{/* The servers that the chart runs itself, each with its port, as YAML. */}}
{{- define "beatbot.bundled" -}}
{{- $servers := dict }}
{{- if not (or .Values.postgresql.url .Values.postgresql.existingSecret.name) }}{{ $_ := set $servers "postgresql" 5432 }}{{ end }}
{{- if not (or .Values.redis.url .Values.redis.existingSecret.name) }}{{ $_ := set $servers "redis" 6379 }}{{ end }}
{{- if not .Values.s3.bucket }}{{ $_ := set $servers "s3" 7070 }}{{ end }}
{{- toYaml $servers }}
{{- end }}

{{/* The Secret of what the chart generates or was given inline. */}}
{{- define "beatbot.secretName" -}}
{{ include "beatbot.fullname" . }}-secrets
{{- end }}

{{/* The Secrets that somebody else makes, each with the keys that pods read, as YAML. */}}
{{- define "beatbot.givenSecrets" -}}
{{- $secrets := dict }}
{{- with .Values.postgresql.existingSecret }}
{{- if .name }}{{ $_ := set $secrets .name (concat (get $secrets .name | default list) (compact (list .key .directKey .readReplicasKey))) }}{{ end }}
{{- end }}
{{- with .Values.redis.existingSecret }}
{{- if .name }}{{ $_ := set $secrets .name (append (get $secrets .name | default list) .key) }}{{ end }}
{{- end }}
{{- with .Values.s3.existingSecret }}
{{- if .name }}{{ $_ := set $secrets .name (concat (get $secrets .name | default list) (list .accessKeyIdKey .secretAccessKeyKey)) }}{{ end }}
{{- end }}
{{- range $service := keys .Values.services | sortAlpha }}
{{- range (include "beatbot.service" (list $ $service) | fromYaml).secretEnv }}
{{- $_ := set $secrets .name (append (get $secrets .name | default list) .key | uniq) }}
{{- end }}
{{- end }}
{{- with .Values.auth.operatorKey.existingSecret }}
{{- if and .name (ne $.Values.auth.mode "none") }}{{ $_ := set $secrets .name (append (get $secrets .name | default list) .key) }}{{ end }}
{{- end }}
{{- toYaml $secrets }}
{{- end }}

{{/* A variable from a Secret: (list NAME SECRET KEY) */}}
{{- define "beatbot.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{/* The variables that follow from what a service connects to: (list $ "gateway" $service) */}}
{{- define "beatbot.connections" -}}
{{- $root := index . 0 }}
{{- $own := include "beatbot.secretName" $root }}
{{- range (index . 2).connectsTo }}
{{- if eq . "redis" }}
{{ include "beatbot.secretVariable" (list "REDIS_URL" ($root.Values.redis.existingSecret.name | default $own) ($root.Values.redis.existingSecret.name | empty | ternary "redis-url" $root.Values.redis.existingSecret.key)) }}
{{- else if eq . "postgresql" }}
{{- $given := $root.Values.postgresql.existingSecret }}
{{ include "beatbot.secretVariable" (list "DATABASE_URL" ($given.name | default $own) ($given.name | empty | ternary "database-url" $given.key)) }}
{{- if and $given.name $given.directKey }}
{{ include "beatbot.secretVariable" (list "DATABASE_DIRECT_URL" $given.name $given.directKey) }}
{{- end }}
{{- if and $given.name $given.readReplicasKey }}
{{ include "beatbot.secretVariable" (list "DATABASE_REPLICA_URLS" $given.name $given.readReplicasKey) }}
{{- else if $root.Values.postgresql.readReplicaUrls }}
{{ include "beatbot.secretVariable" (list "DATABASE_REPLICA_URLS" $own "read-replica-urls") }}
{{- end }}
{{- else if eq . "s3" }}
{{ include "beatbot.bucket" $root }}
{{- else }}
- name: {{ upper . }}_ADDRESS
  value: dns:///{{ include "beatbot.fullname" $root }}-{{ . }}:50051
{{- end }}
{{- end }}
{{- end }}

{{/* Whom the gateway lets in. */}}
{{- define "beatbot.auth" -}}
- name: AUTH
  value: {{ .Values.auth.mode }}
{{- if ne .Values.auth.mode "none" }}
{{ include "beatbot.operatorKey" . }}
{{- end }}
{{- if eq .Values.auth.mode "oidc" }}
- name: OIDC_ISSUER
  value: {{ .Values.auth.oidc.issuer | quote }}
- name: OIDC_AUDIENCE
  value: {{ .Values.auth.oidc.audience | quote }}
{{- end }}
{{- end }}

{{- define "beatbot.operatorKey" -}}
{{- $given := .Values.auth.operatorKey.existingSecret }}
{{- include "beatbot.secretVariable" (list "OPERATOR_KEY" ($given.name | default (include "beatbot.secretName" .)) ($given.name | empty | ternary "operator-key" $given.key)) }}
{{- end }}

{{/* The variables of storage's bucket. */}}
{{- define "beatbot.bucket" -}}
- name: OBJECT_STORE
  value: s3
- name: S3_REGION
  value: {{ .Values.s3.region }}
{{- if .Values.s3.bucket }}
- name: S3_BUCKET
  value: {{ .Values.s3.bucket }}
{{- with .Values.s3.endpoint }}
- name: S3_ENDPOINT
  value: {{ . }}
{{- end }}
{{- with .Values.s3.publicEndpoint }}
- name: S3_PUBLIC_ENDPOINT
  value: {{ . }}
{{- end }}
{{- with .Values.s3.prefix }}
- name: S3_PREFIX
  value: {{ . }}
{{- end }}
- name: S3_FORCE_PATH_STYLE
  value: {{ .Values.s3.forcePathStyle | quote }}
{{- with .Values.s3.existingSecret }}
{{- if .name }}
{{ include "beatbot.secretVariable" (list "AWS_ACCESS_KEY_ID" .name .accessKeyIdKey) }}
{{ include "beatbot.secretVariable" (list "AWS_SECRET_ACCESS_KEY" .name .secretAccessKeyKey) }}
{{- end }}
{{- end }}
{{- else }}
- name: S3_BUCKET
  value: {{ include "beatbot.bundledBucket" . }}
- name: S3_ENDPOINT
  value: http://{{ include "beatbot.fullname" . }}-s3:{{ (include "beatbot.bundled" . | fromYaml).s3 }}
- name: S3_FORCE_PATH_STYLE
  value: 'true'
- name: AWS_ACCESS_KEY_ID
  value: beatbot
{{ include "beatbot.secretVariable" (list "AWS_SECRET_ACCESS_KEY" (include "beatbot.secretName" .) "s3-password") }}
{{- end }}
{{- end }}

{{- define "beatbot.bundledBucket" -}}
beatbot
{{- end }}

{{/* Pod Security "restricted": (list USER) */}}
{{- define "beatbot.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ index . 0 }}
runAsGroup: {{ index . 0 }}
fsGroup: {{ index . 0 }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The same, of a container: (list READ_ONLY) */}}
{{- define "beatbot.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ index . 0 }}
capabilities:
  drop: [ALL]
{{- end }}
