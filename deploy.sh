#!/bin/sh
# One command for the whole study:  ./deploy.sh [local|kind|kubernetes] [experiment.yaml] [options of escala run]
# Installs what is missing, runs, and leaves requests.csv, figures/ and report.html here, beside this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
# Says the first in English, the second where the locale or --lang asks for Portuguese.
language=${LC_ALL:-${LC_MESSAGES:-${LANG:-en}}}
case " $* " in *' --lang pt-BR '* | *' --lang=pt-BR '*) language=pt ;; *' --lang en '* | *' --lang=en '*) language=en ;; esac
say() {
  case $language in pt*) echo "$2" ;; *) echo "$1" ;; esac
}
usage() {
  say "usage: ./deploy.sh [local|kind|kubernetes] [experiment.yaml] [options of escala run, but --target and --out]" \
    "uso: ./deploy.sh [local|kind|kubernetes] [experimento.yaml] [opções de escala run, menos --target e --out]"
}
wrong() {
  usage >&2
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
-h | --help)
  usage
  exit 0
  ;;
*) wrong ;;
esac
for option; do
  case $option in
  --target | --target=* | --out | --out=*) wrong ;;
  esac
done

if [ ! -e "$here/node_modules/.package-lock.json" ] || [ "$here/package-lock.json" -nt "$here/node_modules/.package-lock.json" ]; then
  command -v npm >/dev/null 2>&1 || {
    say "deploy.sh: no npm was found; install Node 20.19 or later, which brings it, then run this again" \
      "deploy.sh: npm não foi encontrado; instale o Node 20.19 ou mais novo, que o traz, e execute isto de novo" >&2
    exit 4
  }
  say 'installing what Escala needs, into node_modules (once)' \
    'instalando em node_modules aquilo de que o Escala precisa (uma vez)'
  # Some packages ask for a newer Node than the machine's may be; the install brings it, so that warning misleads.
  (cd "$here" && npm ci --loglevel=error)
fi

run=$here/runs/$(date -u +%Y%m%dT%H%M%SZ)-$(basename "$experiment" .yaml)
status=0
# Ctrl-C is for the study, which ends in order; then this script goes on, with what was finished.
trap : INT
"$here/bin/escala" run "$experiment" --target "$target" --out "$run" "$@" || status=$?

# What is finished can be used, also after an interruption. All of one study or nothing: before its first cell was
# complete there is no report, and those of the study before stay together. Links: a study's rows are not copied.
if [ -e "$run/report.html" ]; then
  for name in requests.csv figures report.html; do
    rm -rf "${here:?}/$name"
    ln -s "runs/$(basename "$run")/$name" "$here/$name"
  done
fi
exit $status
