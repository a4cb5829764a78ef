import type { Resource, Stack } from '../parts.ts';
import { Unready } from '../unready.ts';

interface KeyElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

interface Index {
  IndexName: string;
  KeySchema: KeyElement[];
  Projection?: unknown;
}

export interface TableDefinition {
  name: string;
  keys: KeyElement[];
  attributes: unknown[];
  indexes: Index[];
  localIndexes: Index[];
  streamView?: string;
  ttlAttribute?: string;
}

type Ask = (operation: string, input: object) => Promise<Record<string, unknown>>;

/** What the template says of its tables. */
export const tablesOf = (stack: Stack): TableDefinition[] =>
  [...stack.ofType('AWS::DynamoDB::Table'), ...stack.ofType('AWS::DynamoDB::GlobalTable')].map(definitionOf);

function definitionOf({ ref, properties }: Resource): TableDefinition {
  const stream = properties['StreamSpecification'] as { StreamViewType?: string } | undefined;
  const ttl = properties['TimeToLiveSpecification'] as
    { AttributeName?: string; Enabled?: unknown } | undefined;
  return {
    name: ref,
    keys: properties['KeySchema'] as KeyElement[],
    attributes: properties['AttributeDefinitions'] as unknown[],
    indexes: ((properties['GlobalSecondaryIndexes'] ?? []) as Index[]).map(bare),
    localIndexes: ((properties['LocalSecondaryIndexes'] ?? []) as Index[]).map(bare),
    ...(stream?.StreamViewType !== undefined && { streamView: stream.StreamViewType }),
    ...(String(ttl?.Enabled) === 'true' &&
      ttl?.AttributeName !== undefined && { ttlAttribute: ttl.AttributeName }),
  };
}

const bare = ({ IndexName, KeySchema, Projection }: Index): Index => ({ IndexName, KeySchema, Projection });

/** Makes the table, or brings one that a data directory already has to what the template says. */
export async function ensureTable(ask: Ask, table: TableDefinition): Promise<void> {
  const existing = await ask('DescribeTable', { TableName: table.name }).then(
    ({ Table }) =>
      Table as { KeySchema: KeyElement[]; GlobalSecondaryIndexes?: Index[]; LatestStreamArn?: string },
    (error: unknown) => {
      if (error instanceof Refused && error.type === 'ResourceNotFoundException') return undefined;
      throw error;
    },
  );
  if (existing) await adapt(ask, table, existing);
  else await ask('CreateTable', creation(table));
  if (table.ttlAttribute === undefined) return;
  const { TimeToLiveDescription } = await ask('DescribeTimeToLive', { TableName: table.name });
  if ((TimeToLiveDescription as { AttributeName?: string } | undefined)?.AttributeName === table.ttlAttribute)
    return;
  await ask('UpdateTimeToLive', {
    TableName: table.name,
    TimeToLiveSpecification: { AttributeName: table.ttlAttribute, Enabled: true },
  });
}

const creation = ({ name, keys, attributes, indexes, localIndexes, streamView }: TableDefinition) => ({
  TableName: name,
  KeySchema: keys,
  AttributeDefinitions: attributes,
  // Whatever the template says of capacity: nothing is throttled here.
  BillingMode: 'PAY_PER_REQUEST',
  ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
  ...(streamView !== undefined && { StreamSpecification: specification(streamView) }),
});

const specification = (streamView: string) => ({ StreamEnabled: true, StreamViewType: streamView });

async function adapt(
  ask: Ask,
  table: TableDefinition,
  existing: { KeySchema: KeyElement[]; GlobalSecondaryIndexes?: Index[]; LatestStreamArn?: string },
): Promise<void> {
  if (keyText(existing.KeySchema) !== keyText(table.keys)) {
    throw new Unready(
      `The table ${table.name} of this data directory has the key (${keyText(existing.KeySchema)}) and the template says (${keyText(table.keys)}): choose another --data-dir.`,
    );
  }
  const { name: TableName, attributes: AttributeDefinitions } = table;
  const have = new Map((existing.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  for (const index of table.indexes) {
    const old = have.get(index.IndexName);
    have.delete(index.IndexName);
    if (old && keyText(old.KeySchema) === keyText(index.KeySchema)) continue;
    if (old) await updateIndex(ask, { TableName }, { Delete: { IndexName: index.IndexName } });
    await updateIndex(ask, { TableName, AttributeDefinitions }, { Create: index });
  }
  for (const IndexName of have.keys()) await updateIndex(ask, { TableName }, { Delete: { IndexName } });
  if (table.streamView !== undefined && existing.LatestStreamArn === undefined) {
    await ask('UpdateTable', { TableName, StreamSpecification: specification(table.streamView) });
  }
}

const updateIndex = (ask: Ask, table: object, update: object) =>
  ask('UpdateTable', { ...table, GlobalSecondaryIndexUpdates: [update] });

const keyText = (keys: readonly KeyElement[]) => keys.map(({ AttributeName }) => AttributeName).join(', ');

/** The engine's answer to a call is an error. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(`${type}: ${message}`);
  }
}
