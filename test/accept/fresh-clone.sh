#!/usr/bin/env bash
# README's first two lines on a machine with only Node and git: an empty folder, HEAD, `npm ci && npm start`, `npm test`.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/zhibu-clone-XXXXXX")
started=''
cleanup() {
  if [ -n "$started" ]; then kill "$started" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap cleanup EXIT

fail() {
  echo "fresh-clone: not ok: $1"
  exit 1
}
seconds() { date +%s; }

git clone -q "$root" "$folder/zhibu"
cd "$folder/zhibu"
grep -qE '"resolved": "(git|http://|file:)' package-lock.json && fail 'the lock file names something besides the npm registry'
sed -n '/^```sh/,/^```/p' README.md | head -3 | grep -q 'npm ci && npm start' || fail 'the README does not open with npm ci && npm start'
sed -n '/^```sh/,/^```/p' README.md | head -3 | grep -q 'npm ci && npm test' || fail 'the README does not open with npm ci && npm test'

# Nothing of the caller's set-up decides how it starts.
settings='FEISHU_APP_ID FEISHU_APP_SECRET FEISHU_ENCRYPT_KEY FEISHU_VERIFICATION_TOKEN FEISHU_DOMAIN CLOCK_URL
  FEISHU_GROUP_MESSAGES MONGODB_URI DATA_DIR ADMIN_OPEN_IDS POLICY_FILE HOLIDAYS_DIR ORG_ZONE LOG_LEVEL PORT HOST
  SANDBOX_PORT SANDBOX_NOW WORLD_FILE NODE_ENV NODE_OPTIONS'
for name in $settings; do unset "$name"; done

began=$(seconds)
npm ci --loglevel=error
installed=$(seconds)
echo "npm ci: $((installed - began)) s"

npm start >"$folder/out" 2>"$folder/err" &
started=$!
until [ "$(grep -cE '^(sandbox|bot) ready http' "$folder/out")" = 2 ]; do
  kill -0 "$started" 2>/dev/null || { cat "$folder/err"; fail 'npm start ended'; }
  [ $(($(seconds) - installed)) -lt 60 ] || fail 'npm start was not ready within 60 s'
  sleep 0.2
done
for line in sandbox bot; do
  address=$(sed -n "s/^$line ready //p" "$folder/out")
  [ "$line" = bot ] && address="$address/healthz"
  node -e 'fetch(process.argv[1]).then((r) => process.exit(r.status === 200 ? 0 : 1), () => process.exit(1))' "$address" ||
    fail "$address does not answer"
  echo "$line answers: $address"
done
ready=$(seconds)
echo "npm start: both addresses answer $((ready - installed)) s after npm ci"
[ $((ready - installed)) -le 60 ] || fail 'both addresses answered only after 60 s'
kill -TERM "$started"
wait "$started" || true
started=''

began=$(seconds)
npm test >"$folder/test" 2>&1 || { tail -40 "$folder/test"; fail 'npm test'; }
took=$(($(seconds) - began))
grep -E 'Test Files|Tests ' "$folder/test" || true
echo "npm test: $took s"
[ "$took" -lt 180 ] || fail "npm test took $took s, more than 3 minutes"
echo 'fresh-clone: ok'
