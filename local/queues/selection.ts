import type { Queue } from './queue.ts';
import type { QueueSettings } from './settings.ts';

/** What a receive of at most `max` messages would do now: hand out, give up by the rule of `redrive`, forget. */
export function selectMessages(
  { settings, messages }: Queue,
  now: number,
  max: number,
  redrive: QueueSettings['redrive'],
): { ids: string[]; exhausted: string[]; expired: string[] } {
  const ids: string[] = [];
  const exhausted: string[] = [];
  const expired: string[] = [];
  const oldest = now - settings.retentionSeconds * 1000;
  for (const { id, sentAt, visibleAt, receiveCount } of messages.values()) {
    if (ids.length >= max) break;
    if (sentAt <= oldest) expired.push(id);
    else if (visibleAt > now) continue;
    else if (redrive && receiveCount >= redrive.maxReceiveCount) exhausted.push(id);
    else ids.push(id);
  }
  return { ids, exhausted, expired };
}

// Received so often and still there, a message says nothing any more of how far the receivers are behind.
const poisonousAfter = 3;

export function depthOf(
  { settings, messages }: Queue,
  now: number,
): { visible: number; inFlight: number; delayed: number; oldestSentAt?: number; oldestAt?: number } {
  const depth: ReturnType<typeof depthOf> = { visible: 0, inFlight: 0, delayed: 0 };
  for (const { sentAt, visibleAt, receiveCount, moved } of messages.values()) {
    const cameAt = moved?.at ?? sentAt;
    if (sentAt <= now - settings.retentionSeconds * 1000 || cameAt > now) continue;
    depth.oldestSentAt = Math.min(depth.oldestSentAt ?? sentAt, sentAt);
    if (receiveCount - (moved?.receiveCount ?? 0) < poisonousAfter) {
      depth.oldestAt = Math.min(depth.oldestAt ?? cameAt, cameAt);
    }
    if (visibleAt <= now) depth.visible += 1;
    else if (receiveCount > 0) depth.inFlight += 1;
    else depth.delayed += 1;
  }
  return depth;
}
