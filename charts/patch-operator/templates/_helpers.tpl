{{/* What tells the operator's pods from others. As in config/manager, so that Helm can take over what kustomize has installed. */}}
{{- define "patch-operator.selector" -}}
app.kubernetes.io/name: patch-operator
app.kubernetes.io/component: operator
{{- end }}

{{/* The labels and annotations of an object: (dict "chart" $ "labels" ... "annotations" ...). The chart's labels cannot be replaced, common ones can. */}}
{{- define "patch-operator.metadata" -}}
{{- $own := dict
  "app.kubernetes.io/name" "patch-operator"
  "app.kubernetes.io/instance" .chart.Release.Name
  "app.kubernetes.io/version" .chart.Chart.AppVersion
  "app.kubernetes.io/managed-by" .chart.Release.Service
  "helm.sh/chart" (printf "%s-%s" .chart.Chart.Name .chart.Chart.Version | replace "+" "_") -}}
labels:
  {{- toYaml (merge $own (.labels | default dict) .chart.Values.commonLabels) | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) .chart.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The name of an image: (dict "chart" $ "image" .Values.image). */}}
{{- define "patch-operator.image" -}}
{{- with .image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.chart.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}
