import type { Clock } from '../parts.ts';
import type { Queue } from './queue.ts';

const maxMessages = 100_000;
const maxBytes = 128 * 1024 * 1024;

/**
 * Gives the messages that leave a queue when `count` more come: those past their retention and, since nobody may ever
 * read a queue on a laptop, the oldest of a full one, which is said aloud.
 */
export function createRoom(
  clock: Clock,
  warn: (line: string) => void,
): (queue: Queue, count: number) => string[] {
  const lost = new Map<Queue, number>();
  return (queue, count) => {
    const { settings, messages } = queue;
    const past = clock.now() - settings.retentionSeconds * 1000;
    const over = queue.bytes() > maxBytes ? count : messages.size + count - maxMessages;
    const dropped: string[] = [];
    let live = 0;
    for (const { id, sentAt } of messages.values()) {
      if (sentAt > past && live >= over) break;
      if (sentAt > past) live += 1;
      dropped.push(id);
    }
    if (live > 0) {
      const before = lost.get(queue) ?? 0;
      lost.set(queue, before + live);
      if (Math.floor(before / 1000) !== Math.floor((before + live) / 1000) || before === 0) {
        warn(`queue ${settings.name} is full: its oldest messages are dropped, ${before + live} so far`);
      }
    }
    return dropped;
  };
}
