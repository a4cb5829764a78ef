import type { Clock, JournalEntry } from '../../local/parts.ts';
import { type Mapping, startMapping } from '../../local/stream/mapping.ts';
import type { StreamRecord } from '../../local/stream/source.ts';
import { type Chance } from './chance.ts';
import type { ChangeStream } from './change-stream.ts';
import { diskJournal } from './disk-journal.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import { chosenSettings } from './mapping-settings.ts';
import type { Parts } from './parts.ts';
import { type Process, startProcess } from './process.ts';
import type { ReaderFunction } from './reader-function.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The local runtime's event source mapping over the simulated stream, which dies and comes back. */
export interface Poller {
  running: () => boolean;
  /** Dies at once, and starts again from what is on disk after `downMs`. */
  die: (downMs: number) => void;
  jump: (ms: number) => void;
  /** Resolves when all that was written is done with, and that is on disk. */
  idle: () => Promise<void>;
}

/** A write wakes the poller; looking without one would make idle days dear. */
const POLL_MS = 6 * 3_600_000;

export const poller = (
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  history: History,
  { stream, reader, parts }: { stream: ChangeStream; reader: ReaderFunction; parts: Parts },
): Poller => {
  const settings = chosenSettings(chance, parts.mapping);
  const disk: JournalEntry[][] = [];
  let skew = 0;
  let current: { process: Process; mapping: Mapping } | undefined;
  let starting: Promise<void> = Promise.resolve();

  const keep = (body: string, whole: boolean): void => {
    const { requestContext, payload, DDBStreamBatchInfo } = JSON.parse(body) as {
      requestContext: { condition: string };
      payload?: string;
      DDBStreamBatchInfo: { startSequenceNumber: string };
    };
    const { Records } = JSON.parse(payload ?? '{"Records":[]}') as { Records: StreamRecord[] };
    const sequences = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const { condition } = requestContext;
    const known = whole ? sequences : [DDBStreamBatchInfo.startSequenceNumber];
    history.add({ is: 'given up', at: time.now(), sequences: known, condition, whole });
  };

  const die = (downMs: number): void => {
    if (!current) return;
    const { process } = current;
    current = undefined;
    process.kill();
    history.add({ is: 'poller died', at: time.now() });
    starting = time.sleep(downMs).then(start);
  };

  const start = async (): Promise<void> => {
    const process = startProcess();
    const clock: Clock = {
      now: () => time.now() + skew,
      sleep: (ms, signal) => process.hears(time.sleep(ms, signal)),
    };
    const journal = diskJournal(
      process,
      time,
      chance,
      disk,
    )((entries, write) => {
      const strike = faults.strike('F7');
      const dying = (): void => die(strike?.between(10, 2_000) ?? 0);
      if (strike?.happens(0.5)) {
        dying();
        return;
      }
      write();
      for (const { part, entry } of entries) {
        if (part !== 'checkpoints') continue;
        const { shard, sequence } = entry as { shard: string; sequence?: string };
        history.add({ is: 'checkpoint', at: time.now(), shard, ...(sequence !== undefined && { sequence }) });
      }
      if (strike) dying();
    });
    const checkpoints = parts.createCheckpoints(journal);
    journal.register('queues', { apply: () => undefined, snapshot: () => [] });
    await journal.load();
    const mapping = startMapping(settings, stream.sourceFor(process), {
      functions: {
        invoke: (_, payload) =>
          process.hears(reader.invoke((payload as { Records: StreamRecord[] }).Records)),
      },
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:reader',
      checkpoints,
      objects: {
        put: async (_, __, body) => {
          await process.hears(time.sleep(chance.between(1, 10)));
          keep(Buffer.from(body).toString(), true);
        },
      },
      queues: {
        sending: (_, { body }) => {
          keep(body, false);
          return { part: 'queues', entry: null };
        },
      },
      journal,
      clock,
      warn: () => undefined,
      pollEvery: POLL_MS,
    });
    current = { process, mapping };
  };
  starting = start();
  stream.onWrite(() => current?.mapping.wake());

  return {
    running: () => current !== undefined,
    die,
    jump: (ms) => {
      skew += ms;
    },
    idle: async () => {
      for (let seen: Mapping | undefined; !current || current.mapping !== seen;) {
        await starting;
        seen = current?.mapping;
        await seen?.idle();
      }
    },
  };
};
