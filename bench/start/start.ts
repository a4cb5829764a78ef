import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeResults } from '../results.ts';
import { type Figure, figure } from '../statistics.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WARM_STARTS = 5;

export interface StartFigures {
  /** Seconds. */
  install: number;
  /** From `npm start` to the first 201: with the template to be synthesized, and with it at hand. */
  cold: number;
  warm: Figure;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const run = async (command: string, arguments_: string[], cwd: string): Promise<void> => {
  const child = spawn(command, arguments_, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${arguments_.join(' ')} ended with ${code}`);
};

const ready = async (child: ChildProcess): Promise<string> => {
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const url = /^ready (http:\S+)$/m.exec(printed)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`npm start ended: ${printed}`);
};

/** What a new user does: start, take a token, create an order. */
const firstOrder = async (cwd: string): Promise<void> => {
  const child = spawn('npm', ['start', '--', '--port', '0'], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  const url = await ready(child);
  const claims = { sub: 'bench', scope: 'orders/customer', customer_id: 'C101' };
  const issued = await fetch(`${url}/_issuer/token`, { method: 'POST', body: JSON.stringify(claims) });
  const { access_token: token } = (await issued.json()) as { access_token: string };
  const { status } = await fetch(`${url}/customers/C101/orders/O1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"amount": 199}',
  });
  if (status !== 201) throw new Error(`the first order was answered ${status}`);
  child.kill('SIGTERM');
  await once(child, 'exit');
};

/** On a clone of what is committed: `npm ci`, and `npm start` until the first order is created. */
export const start = async (): Promise<void> => {
  const clone = mkdtempSync(path.join(tmpdir(), 'orders-clone-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${ROOT}`, clone]);
    console.error('npm ci');
    const install = await seconds(() => run('npm', ['ci', '--no-audit', '--no-fund'], clone));
    console.error('npm start');
    const cold = await seconds(() => firstOrder(clone));
    const warm: number[] = [];
    for (let n = 0; n < WARM_STARTS; n += 1) warm.push(await seconds(() => firstOrder(clone)));
    const figures: StartFigures = { install, cold, warm: figure(warm) };
    writeResults('start', figures);
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
};
