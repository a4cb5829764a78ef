import type { BusService } from '../bus/service.ts';
import type { Clock, Functions, Invocations, JournalEntry, Stack } from '../parts.ts';
import type { ObjectService } from '../objects/objects.ts';
import { isRecord, nameInArn, record, text } from '../properties.ts';
import type { Message } from '../queues/message.ts';
import type { QueueService } from '../queues/queues.ts';
import { eventIdsIn } from '../trace/ids.ts';
import { readMessage, readObject, type ReadLetter } from './letters.ts';
import { pictureOf } from './picture.ts';
import type { FailurePlace, Letter } from './shapes/failures.ts';

export interface PlaceParts {
  stack: Stack;
  bus: BusService;
  queues: QueueService;
  objects: ObjectService;
  invocations: Invocations;
  functions: Pick<Functions, 'invoke'>;
  clock: Clock;
}

/** A letter, and the way to send it again: what that puts in the journal, or a run that says why it failed. */
export interface Sendable extends Letter {
  send: () => JournalEntry[] | Promise<string | undefined>;
}

export interface Place {
  about: Pick<FailurePlace, 'name' | 'kind' | 'owners'>;
  size: () => number;
  /** The oldest first; all of them where no range is given. */
  letters: (from?: number, most?: number) => Promise<Sendable[]>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Every queue of the template, those for dead letters first, and the buckets that keep change records. */
export function placesOf(parts: PlaceParts): Place[] {
  const { boxes } = pictureOf(parts.stack);
  const named = (kind: string, name: string) => boxes.find((box) => box.kind === kind && box.name === name);
  const bare = (id: string) => id.slice(id.indexOf(':') + 1);
  const queues = parts.queues.names().map((name) => {
    const box = named('dead-letter queue', name);
    return queuePlace(name, box ? box.owners.map(bare) : undefined, parts);
  });
  const buckets = parts.objects.buckets().map((name) => {
    const owners = (named('bucket', name)?.owners ?? []).map(bare);
    return bucketPlace(name, owners, parts);
  });
  const rank = ({ about }: Place) => ['dead-letter queue', 'bucket', 'queue'].indexOf(about.kind);
  return [...queues, ...buckets].sort((a, b) => rank(a) - rank(b));
}

function queuePlace(name: string, owners: string[] | undefined, parts: PlaceParts): Place {
  const all = () => parts.queues.messages(name);
  return {
    about: { name, kind: owners ? 'dead-letter queue' : 'queue', owners: owners ?? [] },
    size: () => all().length,
    letters: (from = 0, most = Infinity) =>
      Promise.resolve(
        all()
          .slice(from, from + most)
          .map((message) => fromMessage(name, message, parts)),
      ),
  };
}

function fromMessage(queue: string, message: Message, parts: PlaceParts): Sendable {
  const read = readMessage(message);
  const { body, error, attempts } = read;
  const isTaken = message.visibleAt > parts.clock.now() && message.receiveCount > 0;
  const entries = () => {
    if (!parts.queues.find(queue, message.id)) return 'it is no longer there';
    return entriesFor(queue, message.id, read, parts) ?? `${destinationOf(read)} is not there`;
  };
  const known = entries();
  return {
    id: message.id,
    at: message.sentAt,
    error,
    attempts,
    destination: destinationOf(read),
    obstacle: isTaken ? 'a consumer has taken it at this moment' : typeof known === 'string' ? known : null,
    eventId: eventIdsIn(body).eventId ?? null,
    body,
    expiresAt: null,
    // Asked again: it may have been taken since.
    send: () => {
      const way = entries();
      return typeof way === 'string' ? Promise.resolve(way) : way;
    },
  };
}

/** The letter leaves its queue and arrives in one append: it is never in both, and never lost. */
function entriesFor(
  queue: string,
  id: string,
  { route, body }: ReadLetter,
  { bus, queues, invocations }: PlaceParts,
): JournalEntry[] | undefined {
  const withRemoval = (entry: JournalEntry | undefined) => entry && [entry, queues.removing(queue, id)];
  switch (route.by) {
    case 'rule':
      return withRemoval(bus.redelivering(body, { bus: route.bus, name: route.rule }, route.target));
    case 'function':
      return withRemoval(invocations.accepting(route.function, route.payload));
    case 'queue':
      return queues.returning(queue, id);
    case 'nobody':
      return undefined;
  }
}

function destinationOf({ route }: ReadLetter): string {
  switch (route.by) {
    case 'rule':
      return `${nameInArn(route.target)}, by rule ${route.rule}`;
    case 'function':
      return `function ${nameInArn(route.function.replace(/:\$LATEST$/, ''))}`;
    case 'queue':
      return `queue ${nameInArn(route.source)}`;
    case 'nobody':
      return 'where it was going';
  }
}

function bucketPlace(name: string, owners: string[], parts: PlaceParts): Place {
  const { objects } = parts;
  return {
    about: { name, kind: 'bucket', owners },
    size: () => objects.list(name).length,
    letters: (from = 0, most = Infinity) =>
      Promise.all(
        objects
          .list(name)
          .slice(from, from + most)
          .map(async ({ key, lastModified }) => {
            const content = Buffer.from((await objects.get(name, key)) ?? []).toString();
            return fromObject(name, key, lastModified, content, owners[0], parts);
          }),
      ),
  };
}

function fromObject(
  bucket: string,
  key: string,
  at: number,
  content: string,
  reader: string | undefined,
  { functions, objects }: PlaceParts,
): Sendable {
  const read = readObject(content);
  const [first] = read?.records ?? [];
  const written = first && Number(record(first, 'dynamodb')?.['ApproximateCreationDateTime']) * 1000;
  const obstacle = !read
    ? 'it holds no change records'
    : reader === undefined
      ? 'no function is known for it'
      : null;
  const send = async (): Promise<string | undefined> => {
    if (!read || reader === undefined) return obstacle ?? undefined;
    const before = objects.head(bucket, key);
    const answer = await functions.invoke(reader, { Records: read.records });
    if (answer.outcome === 'unreached') return answer.reason;
    if (answer.outcome === 'failed') return `${answer.error.errorType}: ${answer.error.errorMessage}`;
    const { batchItemFailures: failures } = isRecord(answer.payload) ? answer.payload : {};
    if (!Array.isArray(failures)) return 'the function did not say which records failed';
    const [failed] = failures.filter(isRecord);
    if (failed) return `the function failed from record ${text(failed, 'itemIdentifier') ?? ''} on`;
    // Of what it parks again the function says success; it has the same key.
    if (objects.head(bucket, key)?.file !== before?.file) return `it was parked again: ${read.error}`;
    await objects.delete(bucket, key);
    return undefined;
  };
  return {
    id: key,
    at,
    error: read?.error ?? 'not a record of a failure',
    attempts: read?.attempts ?? null,
    destination: `function ${reader ?? 'unknown'}`,
    obstacle,
    eventId: null,
    body: read ? JSON.stringify(read.records) : content,
    expiresAt: written === undefined || Number.isNaN(written) ? null : written + dayMs,
    send,
  };
}
