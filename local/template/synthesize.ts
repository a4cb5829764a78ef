import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Unready } from '../unready.ts';
import { readAssembly, type Assembly } from './assembly.ts';

// What the template and the bundled code are made from.
const inputs = ['infra', 'src', 'package-lock.json', 'cdk.json'];
const keyFile = 'inputs.sha256';

/** The synthesized app; synthesized anew only when what it is made from has changed. `notice` hears of it first. */
export async function synthesize(root: string, notice: (line: string) => void): Promise<Assembly> {
  const cache = join(root, '.local', 'cdk.out');
  const key = hashOf(root);
  const cached = readCached(cache, key);
  if (cached) return cached;
  notice('Synthesizing the CDK app (infra/ or src/ has changed) ...');
  const fresh = `${cache}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  // Assets are found by this path afterwards, and a file named .js in them is CommonJS as in Lambda.
  writeFileSync(join(root, '.local', 'package.json'), '{}\n');
  try {
    await runTypeScript(root, 'infra/app.ts', { CDK_OUTDIR: fresh, CDK_CONTEXT_JSON: contextOf(root) });
    writeFileSync(join(fresh, keyFile), key);
    rmSync(cache, { recursive: true, force: true });
    renameSync(fresh, cache);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return readAssembly(cache);
}

/** Runs one of the project's TypeScript programs; Unready with what it printed when it fails. */
export async function runTypeScript(
  root: string,
  file: string,
  env: Record<string, string> = {},
): Promise<void> {
  const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, join(root, file)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (printed += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Unready(`${file} failed:\n${printed.trim()}`);
}

function readCached(cache: string, key: string): Assembly | undefined {
  try {
    if (readFileSync(join(cache, keyFile), 'utf8') !== key) return undefined;
    const assembly = readAssembly(cache);
    return [...assembly.assets.values()].every((path) => existsSync(path)) ? assembly : undefined;
  } catch {
    return undefined;
  }
}

function contextOf(root: string): string {
  const { context = {} } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context?: Record<string, unknown>;
  };
  // Unstaged, the template names the bundles where bundling leaves them: edited code needs no new synthesis.
  return JSON.stringify({ ...context, 'aws:cdk:disable-asset-staging': true });
}

function hashOf(root: string): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const entries = listed(join(root, path));
    if (entries) for (const entry of entries) add(`${path}/${entry}`);
    else if (existsSync(join(root, path))) hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

function listed(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort();
  } catch {
    return undefined;
  }
}
