import type { EventBridgeClient, PutEventsCommand, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { EVENT_SOURCE } from '../packages/order-events/src/names.ts';
import { toOrderChange } from '../src/adapters/dynamodb/change-record.ts';
import { toItem } from '../src/adapters/dynamodb/order-item.ts';
import { eventBridgePublisher } from '../src/adapters/eventbridge/publisher.ts';
import { publishOrderChanges } from '../src/application/publish-order-changes.ts';
import type { OrderRecord } from '../src/domain/order.ts';

/** One write, as the table's stream tells it. A removal is by TTL, or by somebody's hand at that time. */
export interface Write {
  before?: OrderRecord;
  after?: OrderRecord;
  removedByHandAt?: string;
}

const RETENTION = { indexShards: 8, orderRetentionDays: 400, deletedRetentionDays: 30 };
const DEADLINE_MS = 60_000;
const DYNAMODB = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

const image = (record: OrderRecord) => marshall(toItem(record, RETENTION), { removeUndefinedValues: true });

const streamRecord = ({ before, after, removedByHandAt }: Write) => ({
  eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
  ...(!after && removedByHandAt === undefined && { userIdentity: DYNAMODB }),
  dynamodb: {
    ...(before && { OldImage: image(before) }),
    ...(after && { NewImage: image(after) }),
    ...(removedByHandAt !== undefined && {
      ApproximateCreationDateTime: Date.parse(removedByHandAt) / 1000,
    }),
  },
});

/** The entries that the stream reader gives to PutEvents for a record of the stream, through all of its own code. */
export const entriesOf = async (record: DynamoDBRecord): Promise<PutEventsRequestEntry[]> => {
  const entries: PutEventsRequestEntry[] = [];
  const send = ({ input: { Entries = [] } }: PutEventsCommand) => {
    entries.push(...Entries);
    return Promise.resolve({ Entries: Entries.map((_, n) => ({ EventId: String(n) })) });
  };
  const publisher = eventBridgePublisher({ send } as unknown as EventBridgeClient, {
    eventBus: 'orders',
    eventSource: EVENT_SOURCE,
  });
  const publish = publishOrderChanges({ publisher, failures: { park: () => Promise.resolve() } });
  const change = toOrderChange('USD')(record);
  await publish([{ id: 'e1', change, payload: record }], Date.now() + DEADLINE_MS);
  return entries;
};

export const emitted = async (write: Write): Promise<PutEventsRequestEntry> => {
  const [entry, ...others] = await entriesOf(streamRecord(write) as DynamoDBRecord);
  if (!entry || others.length > 0) throw new Error('a write makes one event');
  return entry;
};
