import { ENV } from './names.ts';

type Env = Record<string, string | undefined>;

/** An endpoint that is not AWS's has no host for each bucket. */
export const hasOwnEndpoint = (env: Env = process.env): boolean =>
  (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']) !== undefined;

/** Where Lambda says which trace the present invocation is in. */
export const currentTrace = (env: Env = process.env): string | undefined => env['_X_AMZN_TRACE_ID'];

export interface OrdersConfig {
  ordersTable: string;
  indexShards: number;
  defaultCurrency: string;
  orderRetentionDays: number;
  deletedRetentionDays: number;
}

export interface InvokeConfig extends OrdersConfig {
  cursorKeySecret: string;
}

export interface KeyedOrdersConfig extends OrdersConfig {
  idempotencyTable: string;
}

export interface ApiConfig extends InvokeConfig, KeyedOrdersConfig {
  usersTable: string;
  historyTable: string;
}

export interface StreamConfig {
  eventBus: string;
  eventSource: string;
  failureBucket: string;
  defaultCurrency: string;
  /** What makes the names of customers in logs nobody else's to make. */
  logHashKey: string;
}

export interface HistoryConfig {
  historyTable: string;
  historyRetentionDays: number;
}

export interface ReconcilerConfig extends OrdersConfig, HistoryConfig {
  eventBus: string;
  eventSource: string;
  /** How long the event of a change may be on its way. */
  graceMinutes: number;
}

const reader = (env: Env) => {
  const problems: string[] = [];
  const text = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') problems.push(`${name} is missing`);
    return value ?? '';
  };
  const whole = (name: string, least: number): number => {
    const value = text(name);
    if (value !== '' && !(Number.isInteger(Number(value)) && Number(value) >= least)) {
      problems.push(`${name} must be a whole number of at least ${least}, not "${value}"`);
    }
    return Number(value);
  };
  const done = <T>(config: T): T => {
    if (problems.length > 0) throw new Error(`Environment: ${problems.join('; ')}`);
    return config;
  };
  return { text, whole, done };
};

const ordersConfig = ({ text, whole }: ReturnType<typeof reader>): OrdersConfig => ({
  ordersTable: text(ENV.ordersTable),
  indexShards: whole(ENV.indexShards, 1),
  defaultCurrency: text(ENV.defaultCurrency),
  orderRetentionDays: whole(ENV.orderRetentionDays, 1),
  deletedRetentionDays: whole(ENV.deletedRetentionDays, 1),
});

const invokeConfig = (read: ReturnType<typeof reader>): InvokeConfig => ({
  ...ordersConfig(read),
  cursorKeySecret: read.text(ENV.cursorKeySecret),
});

export const readInvokeConfig = (env: Env): InvokeConfig => {
  const read = reader(env);
  return read.done(invokeConfig(read));
};

export const readApiConfig = (env: Env): ApiConfig => {
  const read = reader(env);
  return read.done({
    ...invokeConfig(read),
    usersTable: read.text(ENV.usersTable),
    historyTable: read.text(ENV.historyTable),
    idempotencyTable: read.text(ENV.idempotencyTable),
  });
};

export const readStreamConfig = (env: Env): StreamConfig => {
  const read = reader(env);
  return read.done({
    eventBus: read.text(ENV.eventBus),
    eventSource: read.text(ENV.eventSource),
    failureBucket: read.text(ENV.failureBucket),
    defaultCurrency: read.text(ENV.defaultCurrency),
    logHashKey: read.text(ENV.logHashKey),
  });
};

const historyConfig = ({ text, whole }: ReturnType<typeof reader>): HistoryConfig => ({
  historyTable: text(ENV.historyTable),
  historyRetentionDays: whole(ENV.historyRetentionDays, 1),
});

export const readHistoryConfig = (env: Env): HistoryConfig => {
  const read = reader(env);
  return read.done(historyConfig(read));
};

export const readReconcilerConfig = (env: Env): ReconcilerConfig => {
  const read = reader(env);
  return read.done({
    ...ordersConfig(read),
    ...historyConfig(read),
    eventBus: read.text(ENV.eventBus),
    eventSource: read.text(ENV.eventSource),
    graceMinutes: read.whole(ENV.graceMinutes, 0),
  });
};
