{{/* What each of the bundled servers has of its own: its program, its probe, its files. */}}

{{- define "beatbot.postgresqlContainer" -}}
env:
  - name: POSTGRES_USER
    value: beatbot
  - name: POSTGRES_DB
    value: beatbot
  - name: PGDATA
    value: /data/pgdata
  - name: POSTGRES_PASSWORD_FILE
    value: /etc/postgresql-password/postgresql-password
{{- end }}

{{- define "beatbot.postgresqlProbe" -}}
exec: { command: [pg_isready, -h, 127.0.0.1, -U, beatbot] }
{{- end }}

{{- define "beatbot.postgresqlMounts" -}}
- name: data
  mountPath: /data
- name: run
  mountPath: /var/run/postgresql
- name: shared-memory
  mountPath: /dev/shm
- name: password
  mountPath: /etc/postgresql-password
  readOnly: true
{{- end }}

{{- define "beatbot.postgresqlVolumes" -}}
- name: run
  emptyDir:
    sizeLimit: 16Mi
- name: shared-memory
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
- name: password
  secret:
    secretName: {{ include "beatbot.secretName" . }}
    items:
      - { key: postgresql-password, path: postgresql-password }
{{- end }}

{{- define "beatbot.redisContainer" -}}
command: [redis-server, /etc/redis/redis.conf]
env:
  {{- include "beatbot.secretVariable" (list "REDISCLI_AUTH" (include "beatbot.secretName" .) "redis-password") | nindent 2 }}
{{- end }}

{{- define "beatbot.redisProbe" -}}
exec: { command: [redis-cli, ping] }
{{- end }}

{{- define "beatbot.redisMounts" -}}
- name: data
  mountPath: /data
- name: configuration
  mountPath: /etc/redis
  readOnly: true
{{- end }}

{{- define "beatbot.redisVolumes" -}}
- name: configuration
  secret:
    secretName: {{ include "beatbot.secretName" . }}
    items:
      - { key: redis.conf, path: redis.conf }
{{- end }}

{{/* versitygw: a folder of its root is a bucket. Arguments, and not the image's own variables, so that no shell is needed. */}}
{{- define "beatbot.s3Container" -}}
args: [--quiet, --port, ':{{ (include "beatbot.bundled" . | fromYaml).s3 }}', --region, {{ .Values.s3.region }}, --health, /health, posix, /data]
env:
  - name: ROOT_ACCESS_KEY
    value: beatbot
  {{- include "beatbot.secretVariable" (list "ROOT_SECRET_KEY" (include "beatbot.secretName" .) "s3-password") | nindent 2 }}
{{- end }}

{{- define "beatbot.s3Probe" -}}
httpGet: { path: /health, port: server }
{{- end }}

{{- define "beatbot.s3Mounts" -}}
# For its locks.
- name: root
  mountPath: /data
# The bucket: a folder that the kubelet makes.
- name: data
  mountPath: /data/{{ include "beatbot.bundledBucket" . }}
  subPath: {{ include "beatbot.bundledBucket" . }}
{{- end }}

{{- define "beatbot.s3Volumes" -}}
- name: root
  emptyDir:
    sizeLimit: 64Mi
{{- end }}
