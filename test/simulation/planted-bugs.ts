import type { EventBridgeClient, PutEventsCommand, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ChangeOutcome } from '../../src/application/publish-order-changes.ts';
import type { OrderRecord } from '../../src/domain/order.ts';
import { carelessPublisher } from './careless-publisher.ts';
import { type Parts, PRODUCTION } from './parts.ts';

/** Bugs of others, each in the place of the production code that avoids it, by their numbers where they have one. */

type Publisher = Parts['eventBridgePublisher'];
type Reader = Parts['readBatch'];

/** The production publisher, whose entries are changed on their way. */
const changingEntries =
  (change: (entry: PutEventsRequestEntry, random: () => number) => PutEventsRequestEntry): Publisher =>
  (client, config, pace) => {
    const changed = {
      send: (command: PutEventsCommand, options: { abortSignal: AbortSignal }) => {
        const { Entries = [] } = command.input;
        command.input.Entries = Entries.map((entry) => change(entry, pace?.random ?? (() => 0)));
        return client.send(command, options);
      },
    } as unknown as EventBridgeClient;
    return PRODUCTION.eventBridgePublisher(changed, config, pace);
  };

/** The production reader, whose answer is changed. */
const answering =
  (answer: (sequences: string[], failed: string[]) => string[]): Reader =>
  (dependencies) =>
  async (event, context) => {
    let outcomes: ChangeOutcome[] = [];
    const publishOrderChanges: typeof dependencies.publishOrderChanges = async (...given) => {
      outcomes = await dependencies.publishOrderChanges(...given);
      return outcomes;
    };
    await PRODUCTION.readBatch({ ...dependencies, publishOrderChanges })(event, context);
    const sequences = event.Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    const failed = sequences.filter((_, place) => outcomes[place]?.outcome === 'failed');
    return {
      batchItemFailures: answer(sequences, failed).map((itemIdentifier) => ({ itemIdentifier })),
    };
  };

const earliest = (failed: string[]): string[] =>
  failed.reduce<string[]>(([least], next) => [least && BigInt(least) < BigInt(next) ? least : next], []);

const withoutConditions: Parts['dynamoDbOrders'] = (client, config) => {
  const careless = {
    send: (command: Parameters<typeof client.send>[0]) => {
      if (command instanceof PutCommand) delete command.input.ConditionExpression;
      return client.send(command);
    },
  } as unknown as DynamoDBDocumentClient;
  return PRODUCTION.dynamoDbOrders(careless, config);
};

/** What tells whose change a version was is not read. */
const forgetful: Parts['dynamoDbOrders'] = (client, config) => {
  const orders = PRODUCTION.dynamoDbOrders(client, config);
  const forget = (record: OrderRecord | undefined): OrderRecord | undefined => {
    const { mutations: _, ...rest } = record ?? {};
    return record && (rest as OrderRecord);
  };
  return {
    ...orders,
    find: async (key, consistent) => forget(await orders.find(key, consistent)),
    save: async (record, expected) => {
      const saved = await orders.save(record, expected);
      return saved.saved ? saved : { ...saved, current: forget(saved.current) };
    },
  };
};

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:failures';
const retries = (MaximumRetryAttempts: number, Destination?: string) => ({
  MaximumRetryAttempts,
  DestinationConfig: Destination === undefined ? undefined : { OnFailure: { Destination } },
});

export const PLANTED: Record<string, Partial<Parts>> = {
  '1: FailedEntryCount is never looked at': {
    eventBridgePublisher: carelessPublisher('reads no results'),
  },
  '2: all records go into one PutEvents': {
    eventBridgePublisher: carelessPublisher('one call for all'),
  },
  '3: failures are logged, and the handler succeeds': { readBatch: answering(() => []) },
  '4: the last record is reported on success': {
    readBatch: answering((sequences, failed) => (failed.length > 0 ? earliest(failed) : sequences.slice(-1))),
  },
  '5: the mapping starts at LATEST': { mapping: { StartingPosition: 'LATEST' } },
  '6: a retry cap without a destination': { mapping: retries(1) },
  "7: an order's events go out at the same time": {
    eventBridgePublisher: carelessPublisher('orders not in sequence'),
  },
  '8: it goes on after a failed record of the same order': {
    eventBridgePublisher: carelessPublisher('goes on after a failure'),
  },
  '9: the new image of a REMOVE is read': {
    toOrderChange: (currency) => (record) => {
      if (!record.dynamodb?.NewImage) throw new TypeError('NewImage is undefined');
      return PRODUCTION.toOrderChange(currency)(record);
    },
  },
  '10: each attempt has an id of its own': {
    eventBridgePublisher: changingEntries((entry, random) => ({
      ...entry,
      Detail: (entry.Detail ?? '').replace(/"eventId":"[^"]*"/, `"eventId":"${random()}"`),
    })),
  },
  '12: the stored form is published': {
    eventBridgePublisher: changingEntries((entry) => ({
      ...entry,
      Detail: (entry.Detail ?? '').replace('"order":{', '"order":{"createHash":"internal",'),
    })),
  },
  '13: the bus has another name': { eventBus: 'arn:aws:events:eu-west-1:000000000000:event-bus/order' },
  '15: the size is counted in characters': {
    eventBridgePublisher: carelessPublisher('counts characters'),
  },
  '18: a queue is taken for a store of failed records': { mapping: retries(1, QUEUE) },
  '19: sequence numbers are compared as text': {
    readBatch: answering((_, failed) => failed.sort().slice(0, 1)),
  },
  '20: it tries again past its deadline': { eventBridgePublisher: carelessPublisher('no deadline') },
  '22: an entry refused for its content blocks its shard': {
    eventBridgePublisher: carelessPublisher('content blocks'),
  },
  'the handler answers before it has published': {
    readBatch: (dependencies) => (event, context) => {
      void PRODUCTION.readBatch(dependencies)(event, context);
      return Promise.resolve({ batchItemFailures: [] });
    },
  },
  'a request does not recognize its own change': { dynamoDbOrders: forgetful },
  'an order is written without its condition': { dynamoDbOrders: withoutConditions },
};

export const plantedBug = (number: string): Partial<Parts> | undefined =>
  Object.entries(PLANTED).find(([name]) => name.startsWith(`${number}:`))?.[1];
