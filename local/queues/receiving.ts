import type { Clock, Journal } from '../parts.ts';
import { nameInArn } from '../properties.ts';
import type { Message } from './message.ts';
import { own, type Queue, type QueueEntry } from './queue.ts';
import { selectMessages } from './selection.ts';

export interface ReceiveOptions {
  max: number;
  visibilitySeconds?: number;
  waitSeconds?: number;
  /** Ends the wait. */
  signal?: AbortSignal;
}

type Take = (queue: Queue, options: ReceiveOptions) => Promise<Message[]>;

/** Takes messages for a while, waiting for them where there are none. */
export function createReceiving(parts: {
  journal: Journal;
  clock: Clock;
  closing: AbortSignal;
  exists: (queueName: string) => boolean;
}): Take {
  const { journal, clock, closing, exists } = parts;

  async function takeNow(queue: Queue, { max, visibilitySeconds }: ReceiveOptions): Promise<Message[]> {
    const now = clock.now();
    const { name, visibilitySeconds: usual } = queue.settings;
    const deadLetters = nameInArn(queue.settings.redrive?.deadLetterArn ?? '');
    // Who created the dead-letter queue may have deleted it: a message then stays where it is.
    const redrive = exists(deadLetters) ? queue.settings.redrive : undefined;
    const { ids, exhausted, expired } = selectMessages(queue, now, max, redrive);
    const entries: QueueEntry[] = [];
    if (expired.length > 0) entries.push({ type: 'deleted', queue: name, ids: expired });
    if (exhausted.length > 0) {
      entries.push({ type: 'moved', queue: name, to: deadLetters, ids: exhausted, at: now });
    }
    if (ids.length > 0) {
      const visibleAt = now + (visibilitySeconds ?? usual) * 1000;
      entries.push({ type: 'received', queue: name, ids, at: now, visibleAt });
    }
    if (entries.length === 0) return [];
    const kept = journal.append(...entries.map(own));
    const taken = ids.flatMap((id) => queue.messages.get(id) ?? []).map((message) => ({ ...message }));
    await kept;
    return taken;
  }

  async function change(queue: Queue, seen: number, atMost: number, given: AbortSignal): Promise<void> {
    const now = clock.now();
    let wait = atMost;
    for (const { visibleAt } of queue.messages.values()) {
      if (visibleAt > now) wait = Math.min(wait, visibleAt - now);
    }
    const over = new AbortController();
    const signal = AbortSignal.any([given, over.signal]);
    await Promise.race([queue.changed(seen, signal), clock.sleep(wait, signal)]);
    over.abort('changed');
  }

  return async (queue, options) => {
    const until = clock.now() + (options.waitSeconds ?? queue.settings.receiveWaitSeconds) * 1000;
    const given = options.signal ? AbortSignal.any([options.signal, closing]) : closing;
    for (;;) {
      const seen = queue.version();
      const taken = await takeNow(queue, options);
      const left = until - clock.now();
      if (taken.length > 0 || left <= 0 || given.aborted) return taken;
      await change(queue, seen, left, given);
    }
  };
}
