/** What the command line itself reads of the environment; a test finds one that the code reads and this lacks. */
export const environmentVariables: Readonly<Record<string, string>> = {
  LC_ALL:
    'the language, where `--lang` is not given; then `LC_MESSAGES`, then `LANG`: any Portuguese locale gives `pt-BR`',
  LC_MESSAGES: 'see `LC_ALL`',
  LANG: 'see `LC_ALL`',
  TERM: '`dumb`: progress as plain lines, no colours',
  CI: 'set: progress as plain lines',
  NO_COLOR: 'set: no colours',
  FORCE_COLOR: 'colours also where the output is no terminal; `0`: none',
  XDG_CACHE_HOME: 'where the latest `escala selftest` is kept, in `escala/selftest.json`; else `~/.cache`',
  PATH: 'where the program of a `command` is found, whose file the manifest names by its digest',
  KUBECONFIG: "kubectl's configuration, as kubectl reads it",
  ESCALA_STOP_NODE:
    'the command that stops a node, named by `$NODE`, for the fault `stop-node`; without it, `docker kill`',
};
