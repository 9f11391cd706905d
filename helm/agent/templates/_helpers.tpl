{{- define "agent.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "agent.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "agent.selectorLabels" -}}
app.kubernetes.io/name: {{ include "agent.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "agent.labels" -}}
{{- /* The selector's labels come last, so that no value can take their place. */ -}}
{{- $labels := dict "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- $_ := set $labels "app.kubernetes.io/version" .Chart.AppVersion -}}
{{- $_ := set $labels "app.kubernetes.io/managed-by" .Release.Service -}}
{{- mustMergeOverwrite (dict) .Values.commonLabels $labels (include "agent.selectorLabels" . | fromYaml) | toYaml -}}
{{- end -}}

{{- define "agent.serviceAccountName" -}}
{{- default (ternary (include "agent.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "agent.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{- /* Seconds as the worker reads times: d.hh:mm:ss. */ -}}
{{- define "agent.time" -}}
{{- $seconds := int . -}}
{{- printf "%d.%02d:%02d:%02d" (div $seconds 86400) (mod (div $seconds 3600) 24) (mod (div $seconds 60) 60) (mod $seconds 60) -}}
{{- end -}}

{{- /*
The pod's grace period: the drain, then the jobs that are told to end, then the host's own 5 seconds, and 15 in reserve for a busy node.
Were it shorter, the kubelet would cut calls.
*/ -}}
{{- define "agent.gracePeriodSeconds" -}}
{{- add (int .Values.worker.drainTimeoutSeconds) (int .Values.worker.closeTimeoutSeconds) 5 15 -}}
{{- end -}}

{{- define "agent.appsettings" -}}
{{- include "agent.refuseOwned" .Values.settings -}}
{{- include "agent.refuseSecrets" (dict "path" "settings" "value" .Values.settings) -}}
{{- $worker := dict
  "MaxJobs" (int .Values.worker.maxJobs)
  "DrainTimeout" (include "agent.time" .Values.worker.drainTimeoutSeconds)
  "CloseTimeout" (include "agent.time" .Values.worker.closeTimeoutSeconds) -}}
{{- $livekit := dict "Url" (required "livekit.url is required: the address of the LiveKit server, for example wss://livekit.example.com" .Values.livekit.url) -}}
{{- mustMergeOverwrite (deepCopy .Values.settings) (dict "LiveKit" $livekit "Worker" $worker) | toPrettyJson -}}
{{- end -}}

{{- /* What has a value of its own is not taken from settings: the pod's grace period and ports would not know of it. */ -}}
{{- define "agent.refuseOwned" -}}
{{- range $section, $content := . -}}
{{- if has (lower $section) (list "livekit" "health") -}}
{{- fail (printf "settings.%s: use the value %s of the chart instead" $section (lower $section)) -}}
{{- end -}}
{{- if eq (lower $section) "worker" -}}
{{- if ne $section "Worker" -}}
{{- fail (printf "settings.%s: write it as settings.Worker" $section) -}}
{{- end -}}
{{- range $key, $_ := $content -}}
{{- if has (lower $key) (list "maxjobs" "draintimeout" "closetimeout") -}}
{{- fail (printf "settings.Worker.%s: use the value worker.%s of the chart instead" $key (dict "maxjobs" "maxJobs" "draintimeout" "drainTimeoutSeconds" "closetimeout" "closeTimeoutSeconds" | dig (lower $key) "")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A ConfigMap is no place for a secret. */ -}}
{{- define "agent.refuseSecrets" -}}
{{- $path := .path -}}
{{- if kindIs "map" .value -}}
{{- range $key, $value := .value -}}
{{- if and (regexMatch "(?i)(key|secret|token|password|connectionstring)$" ($key | replace "_" "")) (not (kindIs "map" $value)) $value -}}
{{- fail (printf "%s.%s looks like a secret: put it into a Kubernetes Secret and name that in livekit.existingSecret or vendorSecrets" $path $key) -}}
{{- end -}}
{{- include "agent.refuseSecrets" (dict "path" (printf "%s.%s" $path $key) "value" $value) -}}
{{- end -}}
{{- else if kindIs "slice" .value -}}
{{- range $index, $value := .value -}}
{{- include "agent.refuseSecrets" (dict "path" (printf "%s[%d]" $path $index) "value" $value) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What the template sets itself would stand there twice, and a value in the clear can be read by everybody who may read pods. */ -}}
{{- define "agent.refuseEnv" -}}
{{- $owned := dict "LIVEKIT_URL" "livekit.url" "LIVEKIT_API_KEY" "livekit.existingSecret" "LIVEKIT_API_SECRET" "livekit.existingSecret"
  "HEALTH__ADDRESS" "health.address" "HEALTH__PORT" "health.port" "XDG_CACHE_HOME" "tmpSizeLimit"
  "WORKER__MAXJOBS" "worker.maxJobs" "WORKER__DRAINTIMEOUT" "worker.drainTimeoutSeconds" "WORKER__CLOSETIMEOUT" "worker.closeTimeoutSeconds" -}}
{{- range . -}}
{{- $name := .name -}}
{{- with get $owned (upper .name) -}}
{{- fail (printf "extraEnv: %s is set by the chart: use the value %s" $name .) -}}
{{- end -}}
{{- if and .value (regexMatch "(?i)(key|secret|token|password|connectionstring)$" .name) -}}
{{- fail (printf "extraEnv: %s looks like a secret: put it into a Kubernetes Secret and use valueFrom.secretKeyRef or vendorSecrets" .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
