import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Unready } from '../unready.ts';
import { alone } from './alone.ts';
import { readAssembly, type Assembly } from './assembly.ts';

const packages = ['packages/order-events/src', 'packages/order-events/schemas', 'packages/event-pattern/src'];
// The names that infra/ shares with the code are all that it takes from src/; of the packages it takes a construct.
const templateInputs = ['infra', 'src/adapters/names.ts', ...packages, 'package-lock.json', 'cdk.json'];
/** What the bundles are made of, besides how and with which packages: code, and the files that are served as they are. */
export const bundled = ['src/', 'openapi/page/', 'docs/openapi.json'];
const codeInputs = ['infra', ...bundled, 'package-lock.json'];
const templateKey = 'template.sha256';
const codeKey = 'code.sha256';

const cacheOf = (root: string) => join(root, '.local', 'cdk.out');

/**
 * The synthesized app and its bundled code, made anew only as far as what they are made from has changed.
 * `notice` hears of it first.
 */
export async function synthesize(root: string, notice: (line: string) => void): Promise<Assembly> {
  const cached = readCached(root);
  if (cached && isBundled(root, cached)) return cached;
  return alone(root, notice, async () => {
    // Another process may have made it meanwhile.
    const cached = readCached(root);
    if (!cached) {
      notice(`Synthesizing the CDK app (${whyAnew(root)}) ...`);
      return makeAnew(root);
    }
    if (!isBundled(root, cached)) {
      notice('Bundling the functions (their code has changed since the last time) ...');
      await bundleNow(root);
    }
    return cached;
  });
}

/** Bundles the functions where the synthesized template expects them; Unready with the bundler's words on an error. */
export const bundle = (root: string, notice: (line: string) => void): Promise<void> =>
  alone(root, notice, () => bundleNow(root));

function whyAnew(root: string): string {
  const key = readText(join(cacheOf(root), templateKey));
  if (key === undefined) return 'the first time; then only when infra/ or what it uses has changed';
  if (key === hashOf(root, templateInputs)) return 'part of what was made the last time is gone';
  return 'infra/ or what it uses has changed since the last time';
}

async function bundleNow(root: string): Promise<void> {
  await runTypeScript(root, 'infra/bundle.ts');
  const cached = readCached(root);
  if (cached) writeFileSync(join(cacheOf(root), codeKey), codeHash(root, cached));
}

const isBundled = (root: string, assembly: Assembly): boolean =>
  readText(join(cacheOf(root), codeKey)) === codeHash(root, assembly);

async function makeAnew(root: string): Promise<Assembly> {
  const cache = cacheOf(root);
  const fresh = `${cache}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const key = hashOf(root, templateInputs);
    await runTypeScript(root, 'infra/app.ts', {
      CDK_OUTDIR: fresh,
      CDK_CONTEXT_JSON: contextOf(root),
      // `npm run synth` and the tests validate; here it would more than double the first start.
      CDK_VALIDATION: 'false',
    });
    writeFileSync(join(fresh, templateKey), key);
    rmSync(cache, { recursive: true, force: true });
    renameSync(fresh, cache);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  const made = readAssembly(cache);
  // Not before: of the assets some are in the folder itself, and known by their paths.
  writeFileSync(join(cache, codeKey), codeHash(root, made));
  return made;
}

async function runTypeScript(root: string, file: string, env: Record<string, string> = {}): Promise<void> {
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

function readCached(root: string): Assembly | undefined {
  const cache = cacheOf(root);
  if (readText(join(cache, templateKey)) !== hashOf(root, templateInputs)) return undefined;
  try {
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

// Of the bundles as well as of their sources: something else may have bundled other sources meanwhile.
const codeHash = (root: string, { assets }: Assembly): string =>
  hashOf(root, codeInputs) + hashOf('', [...assets.values()].sort());

function hashOf(root: string, inputs: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const entries = listed(join(root, path));
    if (entries) for (const entry of entries) add(`${path}/${entry}`);
    else if (!path.endsWith('.map')) hash.update(`${path}\0${readText(join(root, path)) ?? ''}\0`);
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

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
