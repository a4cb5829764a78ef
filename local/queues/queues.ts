import { randomUUID } from 'node:crypto';
import type { QueueMeter } from '../metrics/queues.ts';
import type { Clock, Journal, JournalEntry, QueueMessage, Queues, ReceivedMessage, Stack } from '../parts.ts';
import { nameInArn } from '../properties.ts';
import { parseHandle, receiptHandle, sizeOf, type Message, type MessageAttributes } from './message.ts';
import { applyEntry, createQueue, own, queuesPart, type Queue, type QueueEntry } from './queue.ts';
import { createReceiving, type ReceiveOptions } from './receiving.ts';
import { createRoom } from './room.ts';
import { depthOf } from './selection.ts';
import { readQueues, type QueueSettings } from './settings.ts';

/** What the SQS endpoint needs beyond the contract between the parts. */
export interface QueueService extends Queues {
  settings(queueName: string): QueueSettings | undefined;
  /** As it is now, or as it was at a time since the last change. */
  depth(queueName: string, at?: number): ReturnType<typeof depthOf>;
  send(
    queueName: string,
    messages: readonly {
      body: string;
      attributes: MessageAttributes;
      delaySeconds?: number;
      sender?: string;
    }[],
  ): Promise<Message[]>;
  take(queueName: string, options: ReceiveOptions): Promise<Message[]>;
  deleteAll(queueName: string, handles: readonly string[]): Promise<void>;
  /** False when the message is not in flight under this handle. */
  changeVisibility(queueName: string, handle: string, seconds: number): Promise<boolean>;
  purge(queueName: string): Promise<void>;
  /** A queue that the template does not have, kept as the template's are. */
  create(settings: Omit<QueueSettings, 'declared'>): Promise<void>;
  remove(queueName: string): Promise<void>;
  /** All that the queue holds, oldest first, taken or not: looking counts as no receive. */
  messages(queueName: string): readonly Message[];
  find(queueName: string, id: string): Message | undefined;
  /** The journal entry that deletes the message, whoever has taken it. */
  removing(queueName: string, id: string): JournalEntry;
  /** Those that put it, as a new one, back into the queue that gave it up; undefined where none did. */
  returning(queueName: string, id: string): JournalEntry[] | undefined;
  /** Ends every wait; what is received after this finds what is there. */
  close(): void;
}

export function createQueues(parts: {
  stack: Stack;
  journal: Journal;
  clock: Clock;
  warn: (line: string) => void;
  meter?: QueueMeter;
}): QueueService {
  const { journal, clock, meter } = parts;
  const queues = new Map(readQueues(parts.stack).map((settings) => [settings.name, createQueue(settings)]));
  const toDrop = createRoom(clock, parts.warn);
  const closing = new AbortController();
  const take = createReceiving({
    journal,
    clock,
    closing: closing.signal,
    exists: (name) => queues.has(name),
  });

  journal.register(queuesPart, {
    apply: (entry) => applyEntry(queues, entry as QueueEntry),
    snapshot: () =>
      [...queues].flatMap(([queue, { settings, messages }]) => [
        ...(settings.declared ? [] : [{ type: 'created', queue, settings } satisfies QueueEntry]),
        ...[...messages.values()].map((message): QueueEntry => ({
          type: 'sent',
          queue,
          messages: [message],
        })),
      ]),
  });

  const known = (name: string): Queue => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`No queue ${name}`);
    return queue;
  };
  const newMessage = (
    { delaySeconds }: QueueSettings,
    body: string,
    attributes: MessageAttributes,
    delay = delaySeconds,
  ): Message => ({
    id: randomUUID(),
    body,
    attributes,
    sentAt: clock.now(),
    visibleAt: clock.now() + delay * 1000,
    receiveCount: 0,
  });
  const sent = (queue: Queue, messages: Message[]): QueueEntry => {
    const dropped = toDrop(queue, messages.length);
    for (const { body, attributes } of messages) meter?.sent(queue.settings.name, sizeOf(body, attributes));
    return {
      type: 'sent',
      queue: queue.settings.name,
      messages,
      ...(dropped.length > 0 && { dropped }),
    };
  };

  const inFlight = (queue: Queue, handle: string): Message | undefined => {
    const parsed = parseHandle(handle);
    const message = parsed && queue.messages.get(parsed.id);
    return message?.receiveCount === parsed?.receiveCount ? message : undefined;
  };

  const deleteAll: QueueService['deleteAll'] = async (name, handles) => {
    const queue = known(name);
    const ids = handles.flatMap((handle) => inFlight(queue, handle)?.id ?? []);
    if (ids.length === 0) return;
    meter?.deleted(name, ids.length);
    await journal.append(own({ type: 'deleted', queue: name, ids }));
  };
  const takeFrom: QueueService['take'] = async (name, options) => {
    const taken = await take(known(name), options);
    meter?.received(name, taken.length);
    return taken;
  };

  return {
    sending(queueArn, { body, attributes }) {
      const queue = queues.get(nameInArn(queueArn));
      if (!queue || queue.settings.arn !== queueArn) return undefined;
      return own(sent(queue, [newMessage(queue.settings, body, asStrings(attributes))]));
    },
    send: async (name, given) => {
      const queue = known(name);
      const messages = given.map(({ body, attributes, delaySeconds, sender }) => ({
        ...newMessage(queue.settings, body, attributes, delaySeconds),
        ...(sender !== undefined && { sender }),
      }));
      await journal.append(own(sent(queue, messages)));
      return messages;
    },
    take: takeFrom,
    receive: async (name, options) => (await takeFrom(name, options)).map(received),
    delete: async (name, handle) => {
      const there = inFlight(known(name), handle) !== undefined;
      await deleteAll(name, [handle]);
      return there;
    },
    deleteAll,
    changeVisibility: async (name, handle, seconds) => {
      const message = inFlight(known(name), handle);
      if (!message || message.visibleAt <= clock.now()) return false;
      const visibleAt = clock.now() + seconds * 1000;
      await journal.append(own({ type: 'visibility', queue: name, ids: [message.id], visibleAt }));
      return true;
    },
    purge: async (name) => {
      known(name);
      await journal.append(own({ type: 'purged', queue: name }));
    },
    create: (settings) =>
      journal.append(
        own({ type: 'created', queue: settings.name, settings: { ...settings, declared: false } }),
      ),
    remove: (queue) => journal.append(own({ type: 'removed', queue })),
    messages: (name) => [...known(name).messages.values()],
    find: (name, id) => known(name).messages.get(id),
    removing: (queue, id) => own({ type: 'deleted', queue, ids: [id] }),
    returning: (name, id) => {
      const message = known(name).messages.get(id);
      const source = queues.get(nameInArn(message?.deadLetterSourceArn ?? ''));
      if (!message || !source) return undefined;
      const again = newMessage(source.settings, message.body, message.attributes);
      return [own(sent(source, [again])), own({ type: 'deleted', queue: name, ids: [id] })];
    },
    settings: (name) => queues.get(name)?.settings,
    names: () => [...queues.keys()],
    depth: (name, at = clock.now()) => depthOf(known(name), at),
    close: () => closing.abort(),
  };
}

const asStrings = (attributes: QueueMessage['attributes']): MessageAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );

const received = (message: Message): ReceivedMessage => ({
  messageId: message.id,
  receiptHandle: receiptHandle(message),
  body: message.body,
  attributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, { StringValue, BinaryValue }]) => [
      name,
      StringValue ?? BinaryValue ?? '',
    ]),
  ),
  sentAt: message.sentAt,
  receiveCount: message.receiveCount,
});
