import { parseArgs } from 'node:util';
import { endWithNpm } from './abandoned.ts';
import { requireNode } from './node-version.ts';

const usage = `Runs the template on this machine.

  npm start -- --seed                   with the example orders
  npm start -- --data-dir .local/data   keeps what is written for the next start

  --port PORT       3000 when not given
  --data-dir DIR    where tables, queues and events are kept; a temporary place when not given
  --seed            loads the example user and orders
  --quiet           prints the last line only
  -h, --help

DYNAMODB_ENDPOINT names another DynamoDB-compatible server to use instead of the embedded engine.
Ends with 2 for a wrong argument and with 4 when it cannot get ready.
`;
const codes = { failed: 1, usage: 2, notReady: 4, interrupted: 130 };

class WrongArgument extends Error {}

function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        seed: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
  const { port = '3000' } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new WrongArgument(`--port takes a number up to 65535, not "${port}".`);
  }
  if (values['data-dir'] === '') throw new WrongArgument('--data-dir takes a directory.');
  return { ...values, portNumber: Number(port) };
}

async function main(): Promise<void> {
  const { portNumber, 'data-dir': dataDir, seed: seeds, quiet, help } = options();
  if (help) {
    process.stdout.write(usage);
    return;
  }
  requireNode(process.versions.node);
  endWithNpm(() => process.exit(codes.failed));
  // After the check: what follows may not even load on an older Node.
  const { startLocal } = await import('./start.ts');
  const { root } = await import('./directory.ts');
  const { PortTaken } = await import('./server.ts');
  const { UnsupportedResource } = await import('./properties.ts');
  const { Unready } = await import('./unready.ts');
  const { banner } = await import('./banner.ts');
  const { seed } = await import('./seed.ts');
  const { watchCode } = await import('./watch.ts');

  const notice = (line: string) => {
    if (!quiet) process.stderr.write(`${line}\n`);
  };
  const starting = startLocal({
    port: portNumber,
    notice,
    error: (group, line) => notice(`${group} ${line}`),
    gaveUp: (error) => fail(error.message, codes.failed),
    ...(dataDir !== undefined && { dataDir }),
  });
  let stopWatching: () => void = () => undefined;
  onSignal(async () => {
    stopWatching();
    await (await starting).close();
  });
  try {
    const local = await starting;
    if (seeds) await seed(local);
    if (!quiet) process.stdout.write(`${await banner(local, dataDir)}\n`);
    process.stdout.write(`ready ${local.url}\n`);
    const reload = () => {
      local.functions.reload();
      void local.functions.warm();
    };
    stopWatching = watchCode({ root, reload, notice: (line) => process.stderr.write(`${line}\n`) });
  } catch (error) {
    if (error instanceof PortTaken) {
      fail(`Port ${error.port} is taken: end what uses it, or choose another with --port.`, codes.notReady);
    }
    if (error instanceof Unready || error instanceof UnsupportedResource) fail(error.message, codes.notReady);
    throw error;
  }
}

/** Closes once; a second signal, some time after the first, does not wait for it. */
function onSignal(close: () => Promise<void>): void {
  let first: number | undefined;
  const stop = (code: number) => {
    if (first !== undefined) {
      // The terminal and the programs above this one may both pass on the same Ctrl-C.
      if (Date.now() - first > 1_000) process.exit(code);
      return;
    }
    first = Date.now();
    close().then(
      () => process.exit(code),
      (error: unknown) => fail(error instanceof Error ? error.message : String(error), codes.failed),
    );
  };
  process.on('SIGINT', () => stop(codes.interrupted));
  process.on('SIGTERM', () => stop(0));
}

function fail(line: string, code: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(code);
}

main().catch((error: unknown) => {
  if (error instanceof WrongArgument) fail(`${error.message}\n\n${usage}`, codes.usage);
  if (error instanceof Error && error.name === 'Unready') fail(error.message, codes.notReady);
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error), codes.failed);
});
