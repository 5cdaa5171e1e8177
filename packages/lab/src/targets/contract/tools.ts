import { execFile } from 'node:child_process';
import { arch, platform } from 'node:os';
import { promisify } from 'node:util';
import { type Fillings, type Sentence, sentences } from '@escala/model';

const words = sentences.lab.tools;

const run = promisify(execFile);
/** A tool that hangs, as docker does without its daemon, is one that fails. */
const ANSWER_MS_MAX = 10_000;

/** A program of this machine that a target uses. */
interface Tool {
  readonly name: string;
  /** Words that make it say its version; they fail where it cannot do its work. */
  readonly ask: readonly string[];
  readonly use: Sentence;
  /** Commands that get it, and that help where it is there and fails. */
  readonly get: string;
  readonly mend?: string;
}

/** `absent` is what its absence means for a study on the target. */
export type NeededTool = Tool & { readonly absent: 'warn' | 'fail' };

const isMac = platform() === 'darwin';
const cpu = arch() === 'arm64' ? 'arm64' : 'amd64';
const onMac = (mac: string, linux: string) => (isMac ? mac : linux);

/** How a person gets each of them on this system. */
export const tools = {
  docker: {
    name: 'docker',
    ask: ['info', '--format', '{{.ServerVersion}}'],
    use: words.docker.use,
    get: onMac('brew install --cask docker', 'curl -fsSL https://get.docker.com | sh'),
    mend: onMac('open -a Docker', 'sudo systemctl start docker; sudo usermod -aG docker "$USER"'),
  },
  kind: {
    name: 'kind',
    ask: ['version'],
    use: words.kind.use,
    get: onMac(
      'brew install kind',
      `curl -fLo kind https://github.com/kubernetes-sigs/kind/releases/latest/download/kind-linux-${cpu} && sudo install kind /usr/local/bin/kind`,
    ),
  },
  kubectl: {
    name: 'kubectl',
    ask: ['version', '--client'],
    use: words.kubectl.use,
    get: onMac(
      'brew install kubectl',
      `curl -fLO "https://dl.k8s.io/release/$(curl -Ls https://dl.k8s.io/release/stable.txt)/bin/linux/${cpu}/kubectl" && sudo install kubectl /usr/local/bin/kubectl`,
    ),
  },
  python3: {
    name: 'python3',
    ask: ['-c', 'import platform, venv, ensurepip; print(platform.python_version())'],
    use: words.python3.use,
    get: onMac('brew install python', 'sudo apt-get install python3 python3-venv'),
    mend: onMac('brew reinstall python', 'sudo apt-get install python3-venv'),
  },
  go: {
    name: 'go',
    ask: ['version'],
    use: words.go.use,
    get: onMac('brew install go', 'sudo snap install go --classic'),
  },
} as const satisfies Record<string, Tool>;

/** One line of `escala doctor`. `warn` switches one thing off; `fail` keeps a study from running. */
export interface Finding {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly says: Sentence;
  readonly values: Fillings;
}

/** Whether a tool is there and works. */
export async function checkTool({ name: tool, ask, use, get, mend, absent }: NeededTool): Promise<Finding> {
  try {
    const { stdout } = await run(tool, [...ask], { timeout: ANSWER_MS_MAX });
    const version = stdout.trim().split('\n')[0] ?? '';
    return { status: 'ok', says: words.found, values: { tool, version } };
  } catch (cause) {
    const { code, stderr, message } = cause as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT')
      return { status: absent, says: words.missing, values: { tool, use, command: get } };
    const detail = (stderr?.trim() || message).split('\n').at(-1) ?? '';
    return { status: absent, says: words.mute, values: { tool, detail, command: mend ?? get } };
  }
}
