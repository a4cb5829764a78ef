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
  const publications: Publication[] = [];
  const queues = new Map<string, Waiting[]>();
  for (const waiting of all) {
    const queue = queues.get(waiting.order);
    if (queue) queue.push(waiting);
    else queues.set(waiting.order, [waiting]);
  }
  return {
    publications,
    fronts: (): Waiting[] => [...queues.values()].flatMap((queue) => queue.slice(0, 1)),
    settle: ({ place, order }: Waiting, publication: Publication): void => {
      publications[place] = publication;
      queues.get(order)?.shift();
    },
    stop: ({ place, order }: Waiting, code: string, detail: string): void => {
      for (const later of queues.get(order)?.splice(0) ?? []) {
        publications[later.place] = {
          outcome: 'failed',
          code: 'EarlierEventFailed',
          detail: `${code}: ${detail}`,
        };
      }
      publications[place] = { outcome: 'failed', code, detail };
    },
  };
};
