import type { Metrics } from './store.ts';

/** Told what is done with queues, as AWS/SQS counts it. */
export interface QueueMeter {
  sent(queue: string, bytes: number): void;
  /** 0 for a receive that found nothing. */
  received(queue: string, messages: number): void;
  deleted(queue: string, messages: number): void;
}

/** What a queue holds at a time. */
export interface Depth {
  visible: number;
  inFlight: number;
  delayed: number;
  /** Since when the oldest message waits that was not received three times. */
  oldestAt?: number;
}

// SQS counts a queue that nobody used for so long as inactive, and sends nothing.
const activeFor = 6 * 60 * 60 * 1000;

/** Counts, and a sample of what the queues hold at the end of each minute. */
export function queueMeter(metrics: Metrics, now: () => number) {
  const used = new Map<string, number>();
  const put = (queue: string, metric: string, value: number, at?: number) =>
    metrics.measure('AWS/SQS', metric, { QueueName: queue })(value, at);

  const meter: QueueMeter = {
    sent: (queue, bytes) => {
      used.set(queue, now());
      put(queue, 'NumberOfMessagesSent', 1);
      put(queue, 'SentMessageSize', bytes);
    },
    received: (queue, messages) => {
      used.set(queue, now());
      if (messages === 0) put(queue, 'NumberOfEmptyReceives', 1);
      else put(queue, 'NumberOfMessagesReceived', messages);
    },
    deleted: (queue, messages) => {
      used.set(queue, now());
      put(queue, 'NumberOfMessagesDeleted', messages);
    },
  };

  /** Of the minute that ended at `end`. */
  const sample = (queue: string, { visible, inFlight, delayed, oldestAt }: Depth, end: number) => {
    const holds = visible + inFlight + delayed > 0;
    if (holds) used.set(queue, end);
    if (end - (used.get(queue) ?? -Infinity) > activeFor) return;
    const at = end - 1;
    put(queue, 'ApproximateNumberOfMessagesVisible', visible, at);
    if (inFlight > 0) put(queue, 'ApproximateNumberOfMessagesNotVisible', inFlight, at);
    if (delayed > 0) put(queue, 'ApproximateNumberOfMessagesDelayed', delayed, at);
    if (holds)
      put(queue, 'ApproximateAgeOfOldestMessage', oldestAt === undefined ? 0 : (end - oldestAt) / 1000, at);
  };
  return { meter, sample };
}
