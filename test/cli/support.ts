import { PassThrough } from 'node:stream';
import { orders } from '../../cli/orders.ts';
import type { Fault } from '../../local/bus/service.ts';
import { bucket, bus, archive, lambda, logGroupArn, queue, queueArn, rule } from '../local/support/stack.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
  json: () => unknown;
}

interface Circumstances {
  /** What the person types, sooner or later; nobody is there without it. */
  typed?: string | Promise<string>;
  /** Hears what is written to standard error. */
  said?: (text: string) => void;
  interrupted?: AbortSignal;
  now?: () => number;
  pause?: (ms: number, signal?: AbortSignal) => Promise<void>;
  tty?: boolean;
  env?: Record<string, string>;
}

/** The command in this process, against the endpoint. */
export async function run(url: string, args: string[], circumstances: Circumstances = {}): Promise<Ran> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `${url}/_aws`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_MAX_ATTEMPTS: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const { typed, said = () => undefined, tty = false, env = {}, now = Date.now } = circumstances;
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  if (typed !== undefined) void Promise.resolve(typed).then((text) => stdin.end(`${text}\n`));
  let [out, err] = ['', ''];
  const code = await orders(
    args,
    {
      stdin,
      stdout: { write: (text) => (out += text), isTTY: tty },
      stderr: {
        write: (text) => {
          err += text;
          said(text);
        },
        isTTY: tty,
      },
      env: { ...process.env, ...env },
    },
    {
      interrupted: circumstances.interrupted ?? new AbortController().signal,
      now,
      pause: circumstances.pause ?? (() => new Promise((resolve) => setImmediate(resolve))),
    },
  );
  return { code, out, err, json: () => JSON.parse(out) as unknown };
}

const ours = { source: ['orders.service'] };

/** A subscriber with its dead-letter queue, an archive, and an audit log, as the template has them. */
export const subscription = (policy: object = { MaximumRetryAttempts: 0 }) => [
  bus('orders'),
  archive('orders', 'orders', ours),
  queue('order-notifications', {
    RedrivePolicy: { deadLetterTargetArn: queueArn('order-notifications-dlq'), maxReceiveCount: 1 },
  }),
  queue('order-notifications-dlq'),
  queue('orders-audit-dlq'),
  { type: 'AWS::Logs::LogGroup', name: '/aws/events/orders-audit' },
  rule('order-notifications', 'orders', ours, [
    {
      Arn: queueArn('order-notifications'),
      DeadLetterConfig: { Arn: queueArn('order-notifications-dlq') },
      RetryPolicy: policy,
    },
  ]),
  rule('orders-audit', 'orders', ours, [
    {
      Arn: `${logGroupArn('/aws/events/orders-audit')}:*`,
      DeadLetterConfig: { Arn: queueArn('orders-audit-dlq') },
    },
  ]),
];

export const streamReader = () => [
  bucket('failures', { VersioningConfiguration: { Status: 'Enabled' } }),
  lambda('orders-stream-reader', { Environment: { Variables: { FAILURE_BUCKET: 'failures' } } }),
];

/** A queue that can be switched off. */
export function breakable(arn = queueArn('order-notifications')) {
  const state = { down: true };
  const fault: Fault = (target) =>
    state.down && target.arn === arn
      ? { code: 'SDK_CLIENT_ERROR', message: 'down', retryable: true }
      : undefined;
  return { state, fault };
}

export const orderEvent = (
  orderId: string,
  more: { type?: string; at?: number; customerId?: string } = {},
) => {
  const { type = 'OrderCreated', at, customerId = 'C101' } = more;
  return {
    Source: 'orders.service',
    DetailType: type,
    Detail: JSON.stringify({
      metadata: { eventId: `${type}-${customerId}-${orderId}` },
      data: { order: { customerId, orderId, amount: 100 } },
    }),
    EventBusName: 'orders',
    ...(at !== undefined && { Time: at / 1000 }),
  };
};
