import { Unready } from './unready.ts';

const least = [20, 19] as const;

export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  throw new Unready(`This needs Node.js ${least.join('.')} or newer, and runs on ${version}.`);
}
