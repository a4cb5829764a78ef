import type { Engine, Stack } from '../parts.ts';
import { isRecord, record, records, text, type Properties } from '../properties.ts';
import type { Trace } from '../trace/trace.ts';
import { Declined, type ApiRoutes } from './console.ts';
import { plain } from './journey-material.ts';
import { limitIn } from './lists.ts';
import type { TableInfo, TablePage } from './shapes/tables.ts';

export interface TableParts {
  stack: Stack;
  engine: Pick<Engine, 'call'>;
  trace: Trace;
}

/** Tables by their keys and indexes, read only: what writes goes through the API. */
export const tableRoutes = (parts: TableParts): ApiRoutes => ({
  'GET /tables': () => Promise.all(definitions(parts.stack).map((table) => infoOf(table, parts))),
  'GET /tables/{name}': async ({ parameters, query }) => {
    const table = definitions(parts.stack).find(({ name }) => name === parameters['name']);
    if (!table) throw new Declined(404, `There is no table ${parameters['name'] ?? ''}.`);
    return pageOf(table, query, parts);
  },
});

interface Definition {
  name: string;
  indexes: TableInfo['indexes'];
  ttl: string | null;
}

const definitions = (stack: Stack): Definition[] =>
  [...stack.ofType('AWS::DynamoDB::Table'), ...stack.ofType('AWS::DynamoDB::GlobalTable')].map(
    ({ ref, properties }) => ({
      name: ref,
      indexes: [
        { name: null, ...keysOf(properties) },
        ...records(properties, 'GlobalSecondaryIndexes').map((index) => ({
          name: text(index, 'IndexName') ?? null,
          ...keysOf(index),
        })),
      ],
      ttl: text(record(properties, 'TimeToLiveSpecification') ?? {}, 'AttributeName') ?? null,
    }),
  );

function keysOf(of: Properties): { partition: string; sort: string | null } {
  const keys = records(of, 'KeySchema');
  const named = (type: string) => {
    const key = keys.find((each) => text(each, 'KeyType') === type);
    return key && text(key, 'AttributeName');
  };
  return { partition: named('HASH') ?? '', sort: named('RANGE') ?? null };
}

async function infoOf(table: Definition, { engine, trace }: TableParts): Promise<TableInfo> {
  const { Count = 0 } = await ask(engine, 'Scan', { TableName: table.name, Select: 'COUNT' });
  const flows = trace.rates.flows().filter(({ to }) => to === table.name);
  return {
    ...table,
    items: Number(Count),
    writes: {
      total: flows.reduce((sum, flow) => sum + flow.total, 0),
      refused: flows.reduce((sum, flow) => sum + flow.failed, 0),
    },
  };
}

async function pageOf(table: Definition, query: URLSearchParams, { engine }: TableParts): Promise<TablePage> {
  const wanted = query.get('index') || null;
  const index = table.indexes.find(({ name }) => name === wanted);
  if (!index) throw new Declined(404, `${table.name} has no index ${String(wanted)}.`);
  const partition = query.get('partition');
  const after = query.get('after');
  const common = {
    TableName: table.name,
    Limit: limitIn(query),
    ...(index.name !== null && { IndexName: index.name }),
    ...(after !== null && { ExclusiveStartKey: parsed(after) }),
  };
  const answer =
    partition === null || partition === ''
      ? await ask(engine, 'Scan', common)
      : await ask(engine, 'Query', {
          ...common,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': index.partition },
          ExpressionAttributeValues: { ':p': { S: partition } },
        });
  const rows = records(answer, 'Items').map(plain);
  const keys = [index.partition, ...(index.sort === null ? [] : [index.sort])];
  const others = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !keys.includes(name));
  const partitions = rows
    .flatMap((row) => row[index.partition] ?? [])
    .map((value) => String(JSON.parse(value)));
  const last = record(answer, 'LastEvaluatedKey');
  return {
    columns: [...keys, ...others.sort()],
    rows,
    partitions: [...new Set(partitions)].sort(),
    next: last ? JSON.stringify(last) : null,
  };
}

async function ask(engine: Pick<Engine, 'call'>, operation: string, input: object): Promise<Properties> {
  const { status, body } = await engine.call(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
  const answer: unknown = JSON.parse(body);
  if (status === 200 && isRecord(answer)) return answer;
  throw new Declined(400, `${operation}: ${body}`);
}

function parsed(key: string): unknown {
  try {
    return JSON.parse(key);
  } catch {
    throw new Declined(400, '"after" is what the page before gave as "next".');
  }
}
