import { Failed, UsageError } from '../command.ts';
import type { Terminal } from './terminal.ts';

const many = 100;

/** Asks before something is changed: for a yes, or for the name when it is much. */
export async function confirm(
  terminal: Terminal,
  { what, name, count, yes }: { what: string; name: string; count: number; yes: boolean },
): Promise<void> {
  if (yes) return;
  if (!terminal.ask) throw new UsageError(`Nobody can be asked here: add --yes to ${what}, or --dry-run.`);
  if (count > many) {
    const typed = await terminal.ask(`This will ${what}. Type ${name} to go on: `);
    if (typed === name) return;
  } else if (/^y(es)?$/i.test(await terminal.ask(`This will ${what}. Go on? [y/N] `))) {
    return;
  }
  throw new Failed('Nothing was done.');
}
