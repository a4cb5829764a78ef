import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Publication } from '../../application/ports.ts';

export interface Waiting {
  place: number;
  order: string;
  entry: PutEventsRequestEntry;
  bytes: number;
  attempts: number;
  notBefore: number;
}

/** The events of each order wait behind one another: what happens to the first decides over the rest. */
export const orderQueues = (all: readonly Waiting[]) => {
  const publications = new Array<Publication>(all.length);
  const queues = new Map<string, Waiting[]>();
  for (const waiting of all) {
    const queue = queues.get(waiting.order);
    if (queue) queue.push(waiting);
    else queues.set(waiting.order, [waiting]);
  }
  return {
    publications,
    fronts: (): Waiting[] => [...queues.values()].flatMap(([front]) => front ?? []),
    settle: ({ place, order }: Waiting, publication: Publication): void => {
      publications[place] = publication;
      const queue = queues.get(order) ?? [];
      queue.shift();
      if (queue.length === 0) queues.delete(order);
    },
    stop: ({ order }: Waiting, code: string, detail: string): void => {
      const [first, ...later] = queues.get(order) ?? [];
      if (first) publications[first.place] = { outcome: 'failed', code, detail };
      for (const { place } of later) {
        publications[place] = { outcome: 'failed', code: 'EarlierEventFailed', detail: `${code}: ${detail}` };
      }
      queues.delete(order);
    },
  };
};
