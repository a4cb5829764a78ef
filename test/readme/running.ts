import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { startSystem } from '../support/system.ts';
import { ROOT } from './examples.ts';

let system: Awaited<ReturnType<typeof startSystem>>;

/** The system that `npm start -- --seed` starts, for all examples. */
export const url = () => system.url;
export const start = async () => {
  system = await startSystem('--port', '0', '--seed');
};
export const stop = () => system.kill('SIGTERM');

/** Runs a command as a reader would, but against the system of this test; gives what it printed, and throws where it fails. */
export const run = async (file: string, ...args: string[]) => {
  const env = {
    ...process.env,
    PATH: `${path.join(ROOT, 'node_modules/.bin')}${path.delimiter}${process.env['PATH']}`,
    AWS_ENDPOINT_URL: `${system.url}/_aws`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return (await promisify(execFile)(file, args, { cwd: ROOT, env, maxBuffer: 1e8 })).stdout;
};

/** As npm would, without its own start. */
export const script = (name: keyof typeof manifest.scripts | 'cdk', ...args: string[]) => {
  const [file = '', ...words] = name === 'cdk' ? ['cdk'] : manifest.scripts[name].split(' ');
  return run(file, ...words, ...args);
};
