#!/usr/bin/env bash
# Deploys Millrace's functions to Google Cloud (README.md). Build them first: (cd apps/serverless && npm install && npm run build)
#
#   MILLRACE_URL=https://millrace.example.com REGION=europe-west3 ./deploy.sh http
#   MILLRACE_URL=https://millrace.example.com REGION=europe-west3 ./deploy.sh topic clicks
set -euo pipefail

usage() {
  echo "Usage: MILLRACE_URL=https://… REGION=… $0 http | topic <name>" >&2
  exit 64
}

: "${MILLRACE_URL:?is the address of Millrace}"
: "${REGION:?is where the function runs, such as europe-west3}"
secret="${WRITE_KEY_SECRET:-millrace-write-key}"
source="$(cd "$(dirname "$0")/../../apps/serverless/dist/google" && pwd)"

common=(
  --gen2
  --runtime=nodejs22
  --region="$REGION"
  --source="$source"
  --memory=256Mi
  --timeout=60s
  --set-env-vars="MILLRACE_URL=$MILLRACE_URL,MILLRACE_USER_ID=${MILLRACE_USER_ID:-userId},MILLRACE_REFUSED=${MILLRACE_REFUSED:-drop}"
  --set-secrets="MILLRACE_WRITE_KEY=$secret:latest"
)

case "${1:-}" in
  http)
    gcloud functions deploy millrace-http --entry-point=http --trigger-http --no-allow-unauthenticated "${common[@]}"
    ;;
  topic)
    # --retry: what Millrace did not take is delivered again, for up to a day.
    gcloud functions deploy "millrace-${2:?is the Pub/Sub topic}" --entry-point=cloudEvent --trigger-topic="$2" --retry "${common[@]}"
    ;;
  *)
    usage
    ;;
esac
