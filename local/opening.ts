import { cacheDirectory, openDirectory, root } from './directory.ts';
import { openEngine, type OpenedEngine } from './engine/opening.ts';
import { openIssuer, type Issuer } from './issuer.ts';
import { openJournal } from './journal.ts';
import type { StartOptions } from './local.ts';
import type { Clock, Journal } from './parts.ts';
import { openServer, type Server } from './server.ts';
import type { Assembly } from './template/assembly.ts';
import { synthesize } from './template/synthesize.ts';

export interface Opened {
  /** Where everything is kept: the data directory, or a temporary one. */
  directory: string;
  journal: Journal;
  server: Server;
  engine: OpenedEngine;
  issuer: Issuer;
  assembly: Assembly;
}

interface OpeningOptions extends Pick<StartOptions, 'dataDir' | 'gaveUp'> {
  port: number;
  /** Of another DynamoDB than the embedded engine. */
  endpoint: string | undefined;
  clock: Clock;
  notice: (line: string) => void;
  warn: (line: string) => void;
}

/**
 * What a start needs before it knows the template, and the template: what takes long of it at the same time. How each is
 * ended is added to `started`, of a failed opening too.
 */
export async function openParts(options: OpeningOptions, started: (() => unknown)[]): Promise<Opened> {
  const { dataDir, port, endpoint, clock, notice, warn } = options;
  const { gaveUp = (error: Error) => warn(error.message) } = options;
  const directory = await openDirectory(dataDir);
  started.push(() => directory.release());
  const journal = await openJournal(directory.path, { gaveUp });
  started.push(() => journal.close());
  const server = await openServer({ port });
  started.push(() => server.close());

  const opening = openEngine({
    directory: directory.path,
    clock,
    warn,
    ...(endpoint && { endpoint }),
    gaveUp,
  });
  const issuing = openIssuer({
    url: `${server.url}/_issuer`,
    audience: 'orders-api',
    clock,
    // Kept for temporary runs too: making a key takes longer than all the rest of a start.
    directory: dataDir === undefined ? cacheDirectory() : directory.path,
  });
  const synthesizing = synthesize(root, notice);
  // Each is waited for, so that none goes on behind the back of a failed start.
  const [engine, issuer, assembly] = await Promise.allSettled([opening, issuing, synthesizing]);
  if (engine.status === 'fulfilled') started.push(() => engine.value.stop());
  return {
    directory: directory.path,
    journal,
    server,
    engine: valueOf(engine),
    issuer: valueOf(issuer),
    assembly: valueOf(assembly),
  };
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'fulfilled') return settled.value;
  throw settled.reason;
}
