import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../cdk.json' with { type: 'json' };
import { OrdersStack } from './orders-stack.ts';
import { STAGES } from './stages.ts';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

export type Resources = Record<string, Resource>;

/**
 * Of each type that holds something: the properties by which CloudFormation tells one from another. A new value of one, or
 * another logical id, puts an empty resource in the place of the old.
 */
export const LASTING: Readonly<Record<string, readonly string[]>> = {
  // A table keeps its data through another view type or index; its stream and what reads the index do not.
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'StreamSpecification', 'GlobalSecondaryIndexes'],
  'AWS::KMS::Key': [],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Events::Archive': ['ArchiveName', 'SourceArn'],
  // It holds the place in the stream; the API, its address.
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn', 'StartingPosition'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::Cognito::UserPool': [],
};

const FOLDER = fileURLToPath(new URL('released', import.meta.url));

const fileOf = (stage: string): string => path.join(FOLDER, `${stage}.json`);

export const released = (stage: string): Resources =>
  JSON.parse(readFileSync(fileOf(stage), 'utf8')) as Resources;

/** What of a template must last: types, logical ids, and the properties that tell one from another. */
export const lastingOf = (resources: Resources): Resources =>
  Object.fromEntries(
    Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
      const telling = LASTING[Type]?.filter((property) => property in Properties);
      if (!telling) return [];
      const own = Object.fromEntries(telling.map((property) => [property, Properties[property]]));
      return [[id, { Type, Properties: own }]];
    }),
  );

const keeps = (property: string, before: unknown, now: unknown): boolean => {
  if (property !== 'GlobalSecondaryIndexes') return JSON.stringify(before) === JSON.stringify(now);
  const indexes = ((now ?? []) as unknown[]).map((index) => JSON.stringify(index));
  return ((before ?? []) as unknown[]).every((index) => indexes.includes(JSON.stringify(index)));
};

/** What would be lost if this was deployed over that. New resources lose nothing. */
export const lossesOf = (before: Resources, now: Resources): string[] =>
  Object.entries(before).flatMap(([id, { Type, Properties = {} }]) => {
    const name = Object.values(Properties).find((value) => typeof value === 'string') ?? Type;
    const after = lastingOf(now)[id];
    if (after?.Type !== Type) return [`${id}, the ${Type} "${name}", is gone`];
    const changed = (LASTING[Type] ?? []).filter(
      (property) => !keeps(property, Properties[property], after.Properties?.[property]),
    );
    return changed.map((property) => `${id}, the ${Type} "${name}", has another ${property}`);
  });

/** After a release: keeps what the next one has to keep. */
const release = (): void => {
  process.env['CDK_VALIDATION'] = 'false';
  for (const stage of STAGES) {
    const outdir = mkdtempSync(path.join(tmpdir(), 'released-'));
    const app = new App({ context: cdk.context, analyticsReporting: false, outdir });
    new OrdersStack(app, 'Orders', { stage, code: () => Code.fromInline('exports.handler = () => {};') });
    const { Resources } = app.synth().getStackByName('Orders').template as { Resources: Resources };
    rmSync(outdir, { recursive: true });
    writeFileSync(fileOf(stage.name), `${JSON.stringify(lastingOf(Resources), null, 2)}\n`);
    console.log(`infra/released/${stage.name}.json`);
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) release();
