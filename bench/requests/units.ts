import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { installPeers } from '../bundling.ts';
import { writeResults } from '../results.ts';
import { check } from './check.ts';
import { type Contender, startContender, workshop } from './contender.ts';
import { CONTESTANTS, type Operation, PAGE, type Subject } from './contestants.ts';
import { environment, startTables } from './tables.ts';

export interface Units {
  name: string;
  operation: Operation;
  calls: number;
  tableWrites: number;
  indexWrites: number;
  reads: number;
}

interface Consumed {
  CapacityUnits?: number;
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
}

/** Stands before the engine, asks it with each call what that consumes, and adds it up: no contestant needs to know. */
const countingProxy = async (endpoint: string) => {
  let counted = { calls: 0, tableWrites: 0, indexWrites: 0, reads: 0 };
  const count = (target: string, consumed: readonly Consumed[]): void => {
    counted.calls += 1;
    for (const { CapacityUnits = 0, GlobalSecondaryIndexes = {} } of consumed) {
      const inIndexes = Object.values(GlobalSecondaryIndexes).reduce(
        (sum, index) => sum + (index.CapacityUnits ?? 0),
        0,
      );
      if (/Put|Update|Delete|Write/.test(target)) {
        counted.indexWrites += inIndexes;
        counted.tableWrites += CapacityUnits - inIndexes;
      } else counted.reads += CapacityUnits;
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const asked = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      const target = String(request.headers['x-amz-target']);
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          authorization: request.headers.authorization ?? '',
          'x-amz-date': String(request.headers['x-amz-date']),
        },
        body: JSON.stringify({ ...asked, ReturnConsumedCapacity: 'INDEXES' }),
      });
      const text = await answer.text();
      const { ConsumedCapacity = [] } = JSON.parse(text) as { ConsumedCapacity?: Consumed | Consumed[] };
      count(target, [ConsumedCapacity].flat());
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    counting: async (work: () => Promise<unknown>) => {
      counted = { calls: 0, tableWrites: 0, indexWrites: 0, reads: 0 };
      await work();
      return counted;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A customer with as many orders as a page of table 1 has. */
const withPage = async ({ contestant, run }: Contender): Promise<Subject> => {
  const customerId = `page-${contestant.name}`;
  const subjects = Array.from({ length: PAGE }, (_, n): Subject => ({ customerId, orderId: `O${100 + n}` }));
  await run('create', subjects);
  return subjects[0] as Subject;
};

const OPERATIONS: readonly Operation[] = ['create', 'create once', 'read', 'list', 'cancel'];

/** What each operation of each contestant consumes, as the engine counts it. */
export const units = async (): Promise<void> => {
  installPeers();
  const engine = await startTables();
  const proxy = await countingProxy(engine.endpoint);
  const { folder, worker, bundle } = workshop();
  const found: Units[] = [];
  try {
    for (const contestant of CONTESTANTS) {
      const files = { worker, bundle: bundle(contestant).file };
      const contender = await startContender(contestant, files, environment(proxy.endpoint));
      await check(contender);
      const subject: Subject = { customerId: `units-${contestant.name}`, orderId: 'O1' };
      for (const operation of OPERATIONS) {
        if (contestant.requests[operation] === undefined) continue;
        const asked = operation === 'list' ? await withPage(contender) : subject;
        const consumed = await proxy.counting(() => contender.run(operation, [asked]));
        found.push({ name: contestant.name, operation, ...consumed });
      }
      contender.end();
    }
    writeResults('units', found);
  } finally {
    proxy.close();
    await engine.stop();
    rmSync(folder, { recursive: true });
  }
};
