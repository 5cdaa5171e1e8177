#!/bin/sh
# One command for the whole study:  ./deploy.sh [local|kind|kubernetes] [experiment.yaml] [options of escala run]
# Installs what is missing, runs, and leaves requests.csv, figures/ and report.html here, beside this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
usage() {
  echo "usage: ./deploy.sh [local|kind|kubernetes] [experiment.yaml] [options of escala run, but --target and --out]" >&2
  exit 2
}
target=${1:-local}
experiment=$here/experiments/founding.yaml
[ $# -eq 0 ] || shift
case ${1:--} in
-*) ;;
*)
  experiment=$1
  shift
  ;;
esac
case $target in
local | kind | kubernetes) ;;
*) usage ;;
esac
for option; do
  case $option in
  --target | --target=* | --out | --out=*) usage ;;
  esac
done

if [ ! -e "$here/node_modules/.package-lock.json" ] || [ "$here/package-lock.json" -nt "$here/node_modules/.package-lock.json" ]; then
  command -v npm >/dev/null 2>&1 || {
    echo "deploy.sh: no npm was found; install Node 20.19 or later, which brings it, then run this again" >&2
    exit 4
  }
  echo 'installing what Escala needs, into node_modules (once)'
  # Some packages ask for a newer Node than the machine's may be; the install brings it, so that warning misleads.
  (cd "$here" && npm ci --loglevel=error)
fi

run=$here/runs/$(date -u +%Y%m%dT%H%M%SZ)-$(basename "$experiment" .yaml)
status=0
# Ctrl-C is for the study, which ends in order; then this script goes on, with what was finished.
trap : INT
"$here/bin/escala" run "$experiment" --target "$target" --out "$run" "$@" || status=$?

# What is finished can be used, also after an interruption. Links: a study's rows are not copied.
for name in requests.csv figures report.html; do
  [ -e "$run/$name" ] || continue
  rm -rf "${here:?}/$name"
  ln -s "runs/$(basename "$run")/$name" "$here/$name"
done
exit $status
