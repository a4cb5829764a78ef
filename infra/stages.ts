import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { FUNCTION_NAMES } from './bundle.ts';

const whole = (least: number) => z.int().min(least);
const days = whole(1);
const throttle = z.strictObject({ requestsPerSecond: whole(1), burst: whole(1) });
const text = (form: RegExp, what: string) => z.string().regex(form, `is not ${what}`);

const addresses = z.array(z.email('is not an email address')).readonly();

const EVENT_BUS_ARN = /^arn:[\w-]+:events:([a-z0-9-]+):(\d{12}):event-bus\/([\w.-]+)$/;

const fields = z.strictObject({
  name: z.enum(['dev', 'prod']),
  /** Where it may be deployed; without them, wherever the AWS profile says. */
  account: z.optional(text(/^\d{12}$/, 'an account of twelve digits')),
  region: z.optional(text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'the code of a region')),
  /** On every resource that takes tags, beside `service` and `stage`. */
  tags: z.record(z.string(), z.string()),

  /** How long an order, and how long the tombstone of a deleted one, stays in the table. */
  orderRetentionDays: days,
  deletedRetentionDays: days,
  /** How long each line of an order's history stays: longer than the order, to tell how it ended. */
  historyRetentionDays: days,
  /** May only grow: orders written under a larger count are not found under a smaller one. */
  indexShards: whole(1).max(256),
  defaultCurrency: text(/^[A-Z]{3}$/, 'a currency code of three capitals'),

  eventSource: text(/^(?!aws)[\w.-]{1,256}$/, 'an event source such as orders.service'),
  /** A bus that is there already, to publish on; without it, one of the stack's own. */
  eventBusArn: z.optional(text(EVENT_BUS_ARN, 'the ARN of an event bus')),
  archiveDays: days,
  failureDays: days,

  /** Deletion protection, and tables and logs that outlive the stack. */
  protectData: z.boolean(),
  /** Keys of the account's own, which rotate; without them, AWS's. */
  customerManagedKeys: z.boolean(),

  logRetention: z.enum(RetentionDays),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARN']),
  tracing: z.enum(['off', 'xray', 'adot']),
  /** AWS's layer of OpenTelemetry for Node.js on arm64, whose account differs from region to region. */
  adotLayerArn: z.optional(
    text(/^arn:[\w-]+:lambda:[^:]+:\d{12}:layer:[\w-]+:\d+$/, 'the ARN of a layer version'),
  ),
  alarms: z.boolean(),
  /** Who hears of alarms; of those that cannot wait for the morning, `pagerEmails` where there are any. */
  alarmEmails: addresses,
  pagerEmails: addresses,

  throttle,
  /** For routes whose every request reads all shards of an index. */
  shardedThrottle: throttle,
  /** For the documentation, whose files are large and for anyone. */
  docsThrottle: throttle,
  /** How many copies of a function may run, which is also how many are kept for it. */
  reservedConcurrency: z.partialRecord(z.enum(FUNCTION_NAMES), whole(1)),
  corsOrigins: z.array(text(/^https?:\/\/[^/?#\s]+$/, 'an origin such as https://shop.example')).readonly(),
  /** Who makes the tokens: an issuer named at deployment, or a user pool of the stack's own. */
  identity: z.enum(['oidc', 'cognito']),
  /** Where the user pool's own sign-in pages lead back to; without any it has none. */
  callbackUrls: z.array(z.url('is not a URL')).readonly(),
});

export const stageSchema = fields.check(({ value, issues }) => {
  const refuse = (field: keyof Stage, message: string) =>
    issues.push({ code: 'custom', path: [field], message, input: value[field] });
  if (value.historyRetentionDays < value.orderRetentionDays)
    refuse('historyRetentionDays', `must be at least orderRetentionDays, ${value.orderRetentionDays}`);
  if (value.tracing === 'adot' && !value.adotLayerArn)
    refuse('adotLayerArn', 'is needed for tracing by adot');
  if (value.eventBusArn && !(value.account && value.region))
    refuse('eventBusArn', 'needs account and region too, to tell whether the bus is in the same ones');
});

export type Stage = z.infer<typeof fields>;
export type Throttle = z.infer<typeof throttle>;

/** Where a bus is, by its ARN. */
export const busPlace = (arn: string) => {
  const [, region = '', account = '', name = ''] = EVENT_BUS_ARN.exec(arn) ?? [];
  return { region, account, name };
};

const DEV: Stage = {
  name: 'dev',
  tags: {},
  orderRetentionDays: 400,
  deletedRetentionDays: 30,
  historyRetentionDays: 800,
  indexShards: 8,
  defaultCurrency: 'USD',
  eventSource: 'orders.service',
  archiveDays: 7,
  failureDays: 90,
  protectData: false,
  customerManagedKeys: false,
  logRetention: RetentionDays.TWO_WEEKS,
  logLevel: 'INFO',
  tracing: 'off',
  alarms: true,
  alarmEmails: [],
  pagerEmails: [],
  throttle: { requestsPerSecond: 1_000, burst: 2_000 },
  shardedThrottle: { requestsPerSecond: 50, burst: 100 },
  docsThrottle: { requestsPerSecond: 50, burst: 100 },
  // A new account has ten in all and can give none away.
  reservedConcurrency: {},
  corsOrigins: [],
  identity: 'oidc',
  callbackUrls: [],
};

const PROD: Stage = {
  ...DEV,
  name: 'prod',
  archiveDays: 90,
  failureDays: 365,
  protectData: true,
  customerManagedKeys: true,
  logRetention: RetentionDays.THREE_MONTHS,
  tracing: 'xray',
  throttle: { requestsPerSecond: 5_000, burst: 2_500 },
  shardedThrottle: { requestsPerSecond: 100, burst: 200 },
  // Of an account's 1,000, a hundred of which Lambda keeps back: docs/deploy.md has the arithmetic.
  reservedConcurrency: {
    'orders-api': 400,
    'orders-crud-handler': 50,
    'orders-docs': 10,
    'orders-stream-reader': 200,
    'orders-history': 200,
    'orders-reconciler': 1,
    'orders-token-claims': 20,
  },
};

export const STAGES: readonly Stage[] = [DEV, PROD];

export const stageNamed = (name: string): Stage => {
  const stage = STAGES.find((candidate) => candidate.name === name);
  if (!stage)
    throw new Error(`No stage "${name}": there are ${STAGES.map((known) => known.name).join(' and ')}`);
  return stage;
};
