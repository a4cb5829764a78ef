import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import type { Invocation } from '../../local/parts.ts';
import type { StreamRecord } from '../../local/stream/source.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { Ended, History, Of } from './history.ts';
import { type Around, type Instance, readerInstance } from './reader-instance.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface ReaderFunction {
  invoke: (records: readonly StreamRecord[]) => Promise<Invocation>;
  /** Every running copy of the function dies. */
  kill: () => void;
}

const TIMEOUT_MS = 60_000;
/** The stream function as Lambda runs it: one batch at a time in each instance, warm ones reused. */
export const readerFunction = (
  time: VirtualTime,
  faults: Faults,
  chance: Chance,
  history: History,
  around: Around,
): ReaderFunction => {
  const idle: Instance[] = [];
  const busy = new Set<Instance>();
  let invocations = 0;

  const run = (
    instance: Instance,
    requestId: string,
    records: readonly StreamRecord[],
    { sentAt, again }: Pick<Of<'invoked'>, 'sentAt' | 'again'>,
  ) =>
    new Promise<Invocation>((resolve) => {
      const { process } = instance;
      const healed = process.wounds().length;
      const until = time.now() + TIMEOUT_MS;
      instance.invocation = requestId;
      busy.add(instance);
      const sequences = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
      history.add({ is: 'invoked', at: time.now(), sentAt, id: requestId, sequences, again });
      const jump = faults.strike('F14');
      if (jump) {
        time.after(jump.between(0, 100), () => {
          process.hurt('clock');
          instance.skew += jump.between(-300_000, 300_000);
        });
      }
      const end = (how: Ended['how'], answer: Invocation, reported: string[] = []): void => {
        if (!busy.delete(instance)) return;
        timer.cancel();
        const wounds = process.wounds().slice(healed);
        history.add({ is: 'ended', at: time.now(), id: requestId, how, reported, wounds });
        if (how === 'answered') idle.push(instance);
        resolve(answer);
      };
      const failure = (errorType: string): Invocation => ({
        outcome: 'failed',
        requestId,
        error: { errorType, errorMessage: errorType },
      });
      let timedOut = false;
      const timer = time.after(TIMEOUT_MS, () => {
        timedOut = true;
        process.kill();
      });
      instance.ended = () => end(timedOut ? 'timed out' : 'died', failure('Runtime.ExitError'));
      const context = { getRemainingTimeInMillis: () => until - time.now() } as Context;
      instance.handle({ Records: [...records] } as unknown as DynamoDBStreamEvent, context).then(
        (payload) => {
          const reported = payload.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
          end('answered', { outcome: 'answered', requestId, payload }, reported);
        },
        (error: unknown) => end('threw', failure(String(error))),
      );
    });

  const start = (records: readonly StreamRecord[], how: Pick<Of<'invoked'>, 'sentAt' | 'again'>) => {
    invocations += 1;
    return run(
      idle.pop() ?? readerInstance(time, chance, history, around),
      `invocation-${invocations}`,
      records,
      how,
    );
  };

  return {
    invoke: async (records) => {
      if (faults.strike('F3')) return { outcome: 'unreached', requestId: 'none', reason: 'Rate Exceeded.' };
      const sentAt = time.now();
      await time.sleep(chance.between(1, 3));
      const twice = faults.strike('F8');
      const first = start(records, { sentAt, again: false });
      if (!twice) return await first;
      // At the same time, or one after the other; the poller goes by the second answer.
      await (twice.happens(0.5) ? time.sleep(twice.between(1, 200)) : first);
      return await start(records, { sentAt, again: true });
    },
    kill: () => {
      for (const { process } of [...busy]) {
        process.hurt('killed');
        process.kill();
      }
      idle.length = 0;
    },
  };
};
