import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary } from '../../../local/engine/binary.ts';
import { createEngine, type LocalEngine } from '../../../local/engine/engine.ts';
import { openEngine } from '../../../local/engine/opening.ts';
import { openJournal } from '../../../local/journal.ts';
import { systemClock } from '../../../local/clock.ts';
import type { Clock, Stack } from '../../../local/parts.ts';
import type { StreamRecord } from '../../../local/stream/source.ts';
import { engineSource } from '../../../local/stream/source.ts';
import { readStack } from '../../../local/template/stack.ts';

/** Skips, visibly, where the platform has no engine. */
export const describeWithEngine = findBinary() === undefined ? describe.skip : describe;

export const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
export const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

export const tableStack = (properties: Record<string, unknown> = {}): Stack =>
  readStack({
    stackName: 'Test',
    assets: new Map(),
    template: {
      Resources: {
        Orders: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            TableName: 'Orders',
            KeySchema: key('customer', 'order'),
            AttributeDefinitions: [attribute('customer'), attribute('order')],
            StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
            TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
            ...properties,
          },
        },
      },
    },
  }).stack;

export const temporary = () => {
  const path = mkdtempSync(join(tmpdir(), 'engine-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export interface RunningEngine {
  engine: LocalEngine;
  warnings: string[];
  ask(operation: string, input: object): Promise<Record<string, unknown>>;
  put(order: string, attributes?: object): Promise<void>;
  remove(order: string): Promise<void>;
  /** All that the stream of Orders holds, as functions get it. */
  records(): Promise<StreamRecord[]>;
  close(): Promise<void>;
}

export async function runEngine(
  directory: string,
  {
    stack = tableStack(),
    clock = systemClock,
    endpoint,
  }: { stack?: Stack; clock?: Clock; endpoint?: string } = {},
): Promise<RunningEngine> {
  const warnings: string[] = [];
  const warn = (line: string) => warnings.push(line);
  const journal = await openJournal(directory);
  const opened = await openEngine({ directory, clock, warn, ...(endpoint !== undefined && { endpoint }) });
  const engine = await createEngine({ opened, stack, clock, journal, warn, sweepEvery: 1e9 }).catch(
    async (error: unknown) => {
      await opened.stop();
      await journal.close();
      throw error;
    },
  );
  await journal.load();
  await engine.resume();
  const ask = async (operation: string, input: object) => {
    const { status, body } = await engine.call(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
    if (status !== 200) throw new Error(body);
    return JSON.parse(body) as Record<string, unknown>;
  };
  const keyOf = (order: string) => ({ customer: { S: 'C1' }, order: { S: order } });
  return {
    engine,
    warnings,
    ask,
    put: async (order, attributes = {}) => {
      await ask('PutItem', { TableName: 'Orders', Item: { ...keyOf(order), ...attributes } });
    },
    remove: async (order) => {
      await ask('DeleteItem', { TableName: 'Orders', Key: keyOf(order) });
    },
    records: async () => {
      const { StreamArn } = {
        StreamArn: `${stack.ofType('AWS::DynamoDB::Table')[0]?.arn ?? ''}/stream/2026-01-01T00:00:00.000`,
      };
      const source = engineSource(engine, StreamArn, (table) => engine.streamId(table));
      const [shard] = await source.shards();
      const reader = await source.open(shard?.id ?? '', 'TRIM_HORIZON');
      const all: StreamRecord[] = [];
      for (let page = await reader.next(); page.records.length > 0; page = await reader.next())
        all.push(...page.records);
      return all;
    },
    close: async () => {
      await engine.close();
      await journal.close();
    },
  };
}
