import { buildSync } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LEFT_OUT } from '../infra/bundle.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PEERS = path.join(ROOT, 'bench/peers');

export interface Bundle {
  file: string;
  bytes: number;
  modules: number;
  /** Bytes in the bundle of each npm package, largest first; our own files under `own code`. */
  packages: [name: string, bytes: number][];
}

const packageOf = (input: string): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'own code';

/** The peers have packages of their own, which the project itself does not need. */
export const installPeers = (): void => {
  const installed = path.join(PEERS, 'node_modules/.package-lock.json');
  if (existsSync(installed)) return;
  console.error('Installing the peers (bench/peers), once');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('npm ci in bench/peers failed: its message stands above');
};

/** As the functions of the stack are bundled; `plain` leaves nothing out, and takes the SDK's CommonJS. */
export const bundleOf = (entry: string, file: string, plain = false): Bundle => {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    ...(!plain && {
      mainFields: ['module', 'main'],
      alias: LEFT_OUT,
    }),
  });
  const inputs = Object.values(metafile.outputs)[0]?.inputs ?? {};
  const packages = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(input);
    packages.set(name, (packages.get(name) ?? 0) + bytesInOutput);
  }
  return {
    file,
    bytes: readFileSync(file).length,
    modules: Object.keys(inputs).length,
    packages: [...packages].sort(([, a], [, b]) => b - a),
  };
};
