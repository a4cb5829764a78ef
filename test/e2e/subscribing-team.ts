import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Block } from '../support/markdown.ts';
import { ROOT } from '../support/system.ts';

const MODULES = path.join(ROOT, 'node_modules');

/** What jest and npm would take for their own. */
const OF_THIS_RUN = /^(AWS_|JEST_|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$)/;

/** A team with a home of its own, and no network: what it would fetch is what this repository has installed. */
export const team = () => {
  const home = mkdtempSync(path.join(tmpdir(), 'team-'));
  writeFileSync(path.join(home, '.cdk.json'), '{"notices": false}');
  const cache = path.join(home, 'cache');
  mkdirSync(cache);
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name))),
    HOME: home,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    npm_config_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    MODULES,
    CACHE: cache,
  };

  /** In one shell from the top of the repository; what it printed, and how it ended. */
  const shell = async (script: string): Promise<{ printed: string; status: number | null }> => {
    const child = spawn('bash', ['-e', '-c', `exec 2>&1\n${OFFLINE}\n${script}`], { cwd: ROOT, env });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number | null];
    return { printed, status };
  };
  return { home, shell, leave: () => rmSync(home, { recursive: true, force: true }) };
};

/** npm as the team calls it, but that what it would fetch is taken from here. */
const OFFLINE = `
npm() {
  case "$*" in
    'install --save-dev '*) shift 2; for name; do link "$name"; done ;;
    'install ./'*)
      command npm pack --silent --ignore-scripts --pack-destination "$CACHE" "$MODULES/zod" > "$CACHE/zod"
      command npm "$@" "$CACHE/$(cat "$CACHE/zod")" ;;
    *) command npm "$@" ;;
  esac
}
link() {
  test -e "$MODULES/$1"
  mkdir -p "node_modules/$(dirname "$1")" node_modules/.bin
  ln -s "$MODULES/$1" "node_modules/$1"
  find "$MODULES/.bin" -lname "../$1/*" -exec ln -s {} node_modules/.bin \\;
}
`;

export interface Step extends Block {
  /** What its commands printed, or those before it. */
  printed: string;
}

const mark = (place: number): string => `-- step ${place} --`;

/** Files are written and commands run as the page has them, one block after the other. */
export const follow = async (
  blocks: readonly Block[],
  { shell }: Pick<ReturnType<typeof team>, 'shell'>,
  adapted: (content: string) => string,
): Promise<{ steps: Step[]; stoppedAt: string | undefined }> => {
  const script = blocks.map(({ kind, content, file: name }, place) => {
    const code = adapted(content);
    const write = name === undefined ? '' : `cat > ${name} <<'END OF FILE'\n${code}END OF FILE\n`;
    return `echo '${mark(place)}'\n${write}${name === undefined && kind === 'sh' ? code : ''}`;
  });
  const { printed, status } = await shell(script.join('\n'));
  const reached = blocks.filter((_, place) => printed.includes(mark(place))).length;
  let before = '';
  const steps = blocks.map((block, place) => {
    const own =
      printed
        .split(mark(place))[1]
        ?.split(mark(place + 1))[0]
        ?.trim() ?? '';
    if (own !== '' || block.kind === 'sh') before = own;
    return { ...block, printed: before };
  });
  const last = steps[reached - 1];
  return { steps, stoppedAt: status === 0 ? undefined : `${last?.content}${last?.printed}` };
};
