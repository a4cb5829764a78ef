import type { JournalEntry } from '../parts.ts';
import { sizeOf, type Message } from './message.ts';
import type { QueueSettings } from './settings.ts';

export type QueueEntry =
  /** `dropped` made room: past their retention, or the oldest of a full queue. */
  | { type: 'sent'; queue: string; messages: Message[]; dropped?: string[] }
  | { type: 'received'; queue: string; ids: string[]; at: number; visibleAt: number }
  | { type: 'moved'; queue: string; to: string; ids: string[]; at: number }
  | { type: 'deleted'; queue: string; ids: string[] }
  | { type: 'visibility'; queue: string; ids: string[]; visibleAt: number }
  | { type: 'purged'; queue: string }
  /** Through the API: a queue to try things with. */
  | { type: 'created'; queue: string; settings: QueueSettings }
  | { type: 'removed'; queue: string };

export const queuesPart = 'queues';

export const own = (entry: QueueEntry): JournalEntry => ({ part: queuesPart, entry });

/** One queue's messages, oldest first, and what they weigh. */
export interface Queue {
  settings: QueueSettings;
  messages: ReadonlyMap<string, Message>;
  bytes(): number;
  add(message: Message): void;
  remove(id: string): Message | undefined;
  clear(): void;
  /** Counts the changes that may make a message visible. */
  version(): number;
  /** Resolves at the first change after `version`, or when `signal` aborts. */
  changed(version: number, signal: AbortSignal): Promise<void>;
  wake(): void;
}

export function createQueue(settings: QueueSettings): Queue {
  const messages = new Map<string, Message>();
  let bytes = 0;
  let version = 0;
  const waiting = new Set<() => void>();
  const wake = () => {
    version += 1;
    for (const resolve of waiting) resolve();
  };
  return {
    settings,
    messages,
    bytes: () => bytes,
    add(message) {
      messages.set(message.id, message);
      bytes += sizeOf(message.body, message.attributes);
      wake();
    },
    remove(id) {
      const message = messages.get(id);
      if (message && messages.delete(id)) bytes -= sizeOf(message.body, message.attributes);
      return message;
    },
    clear() {
      messages.clear();
      bytes = 0;
    },
    version: () => version,
    changed: (seen, signal) =>
      new Promise((resolve) => {
        const done = () => {
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiting.add(done);
        signal.addEventListener('abort', done);
        if (seen !== version || signal.aborted) done();
      }),
    wake,
  };
}

export function applyEntry(queues: Map<string, Queue>, entry: QueueEntry): void {
  const queue = queues.get(entry.queue);
  if (entry.type === 'created') {
    // The template may have taken the name since.
    if (!queue) queues.set(entry.queue, createQueue(entry.settings));
    return;
  }
  // A queue that the template no longer has.
  if (!queue) return;
  switch (entry.type) {
    case 'sent':
      for (const id of entry.dropped ?? []) queue.remove(id);
      for (const message of entry.messages) queue.add({ ...message });
      return;
    case 'received':
      for (const message of held(queue, entry.ids)) {
        message.receiveCount += 1;
        message.firstReceivedAt ??= entry.at;
        message.visibleAt = entry.visibleAt;
      }
      return;
    case 'moved':
      for (const id of entry.ids) {
        const message = queue.remove(id);
        const deadLetterSourceArn = queue.settings.arn;
        const moved = message && { at: entry.at, receiveCount: message.receiveCount };
        if (moved) queues.get(entry.to)?.add({ ...message, visibleAt: 0, deadLetterSourceArn, moved });
      }
      return;
    case 'deleted':
      for (const id of entry.ids) queue.remove(id);
      return;
    case 'visibility':
      for (const message of held(queue, entry.ids)) message.visibleAt = entry.visibleAt;
      queue.wake();
      return;
    case 'purged':
      queue.clear();
      return;
    case 'removed':
      if (queue.settings.declared) return;
      queues.delete(entry.queue);
      // Who waits for a message finds none.
      queue.clear();
      queue.wake();
  }
}

const held = (queue: Queue, ids: readonly string[]): Message[] =>
  ids.flatMap((id) => queue.messages.get(id) ?? []);
