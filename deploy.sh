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
  [ $# -eq 0 ] || say "$@" >&2
  usage >&2
  exit 2
}
target=''
experiment=''
name=founding
count=$#
# The words in any order: each one is taken from the front; options go to the end, for escala run.
while [ "$count" -gt 0 ]; do
  word=$1
  shift
  count=$((count - 1))
  case $word in
  -h | --help)
    usage
    exit 0
    ;;
  --target | --target=* | --out | --out=*) wrong ;;
  --quick) name=quick && set -- "$@" "$word" ;;
  --context | --namespace | --rounds | --seed | --lang)
    [ "$count" -gt 0 ] || wrong "deploy.sh: $word needs a value" "deploy.sh: $word precisa de um valor"
    value=$1
    shift
    count=$((count - 1))
    set -- "$@" "$word" "$value"
    ;;
  -*) set -- "$@" "$word" ;;
  local | kind | kubernetes)
    [ -z "$target" ] || wrong "deploy.sh: $target and $word are two targets" "deploy.sh: $target e $word são dois alvos"
    target=$word
    ;;
  *.yaml | *.yml | */*)
    [ -z "$experiment" ] || wrong "deploy.sh: $experiment and $word are two experiments" \
      "deploy.sh: $experiment e $word são dois experimentos"
    experiment=$word
    ;;
  k8s | *kube* | k3* | cluster | eks | gke | aks) wrong "deploy.sh: there is no target $word; did you mean kubernetes?" \
    "deploy.sh: não há alvo $word; você quis dizer kubernetes?" ;;
  ki* | kn*) wrong "deploy.sh: there is no target $word; did you mean kind?" "deploy.sh: não há alvo $word; você quis dizer kind?" ;;
  l*) wrong "deploy.sh: there is no target $word; did you mean local?" "deploy.sh: não há alvo $word; você quis dizer local?" ;;
  *)
    [ -f "$word" ] || wrong "deploy.sh: $word is neither a target nor a file" "deploy.sh: $word não é um alvo nem um arquivo"
    experiment=$word
    ;;
  esac
done
target=${target:-local}
[ -z "$experiment" ] || name=$(basename "$experiment" | sed 's/\.ya\{0,1\}ml$//')
# --quick names its own experiment; beside a file, escala run says that they exclude each other.
[ -n "$experiment" ] || [ "$name" = quick ] || experiment=$here/experiments/founding.yaml

# Links to a run that somebody moved or removed lead nowhere.
for link in requests.csv figures report.html; do
  if [ -L "$here/$link" ] && [ ! -e "$here/$link" ]; then
    say "deploy.sh: $link led to $(readlink "$here/$link"), which is gone; the link is removed" \
      "deploy.sh: $link levava a $(readlink "$here/$link"), que não existe mais; o link foi removido" >&2
    rm "$here/$link"
  fi
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

run=$here/runs/$(date -u +%Y%m%dT%H%M%SZ)-$name
status=0
# Ctrl-C is for the study, which ends in order; then this script goes on, with what was finished.
trap : INT
"$here/bin/escala" run ${experiment:+"$experiment"} --target "$target" --out "$run" "$@" || status=$?

# What is finished can be used, also after an interruption. All of one study or nothing: before its first cell was
# complete there is no report, and those of the study before stay together. Links: a study's rows are not copied.
if [ -e "$run/report.html" ]; then
  for name in requests.csv figures report.html; do
    rm -rf "${here:?}/$name"
    ln -s "runs/$(basename "$run")/$name" "$here/$name"
  done
fi
exit $status
