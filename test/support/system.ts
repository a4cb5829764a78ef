import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PublishedEvent } from '../../src/adapters/eventbridge/published-event.ts';
import { holdToContract } from './contract.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Delivered {
  id: string;
  'detail-type': string;
  source: string;
  detail: PublishedEvent;
}

/** The command of the README in a process of its own: what it prints, and how it ends. */
export const startSystem = async (...arguments_: string[]) =>
  await running(spawn(process.execPath, commandOf(arguments_), OPTIONS));

/** The same, run by a command that puts bounds on it: the arguments of that command first. */
export const startSystemBehind = async ([command = '', ...first]: string[], ...arguments_: string[]) =>
  await running(spawn(command, [...first, process.execPath, ...commandOf(arguments_)], OPTIONS));

const OPTIONS = { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] } as const satisfies SpawnOptions;
const commandOf = (arguments_: string[]) => ['--import', 'tsx', 'local/main.ts', ...arguments_];

const running = async (child: ChildProcess) => {
  let [out, err] = ['', ''];
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const url = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    void exited.then((code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  const url = await ready;
  return {
    url,
    pid: child.pid ?? 0,
    printed: () => out,
    complained: () => err,
    exited,
    kill: async (signal: NodeJS.Signals) => {
      child.kill(signal);
      return await exited;
    },
  };
};

/** The ordinary SDK clients, and requests with a token of the local issuer, against a running system. */
export const connect = (url: string) => {
  const aws = {
    endpoint: `${url}/_aws`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const sqs = new SQSClient(aws);
  const lambda = new LambdaClient(aws);

  const token = async (claims: Record<string, unknown>): Promise<string> => {
    const response = await fetch(`${url}/_issuer/token`, { method: 'POST', body: JSON.stringify(claims) });
    return ((await response.json()) as { access_token: string }).access_token;
  };

  const request = async (
    method: string,
    at: string,
    {
      bearer,
      body,
      headers = {},
    }: { bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${url}${at}`, {
      method,
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers: answered } = response;
    const isJson = answered.get('content-type')?.includes('json') === true;
    const body_ = text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text;
    const answer = { status, headers: answered, body: body_ as never };
    const path = new URL(response.url).pathname;
    holdToContract({ ...answer, header: (name) => answered.get(name), method, path });
    return answer;
  };

  const receive = async (waitSeconds: number, queue = 'order-notifications'): Promise<Delivered[]> => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }));
    const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
    if (Messages.length > 0) {
      const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as Delivered);
  };

  return {
    token,
    request,
    sqs,
    s3: new S3Client(aws),
    secrets: new SecretsManagerClient(aws),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(aws)),
    invoke: async (event: unknown): Promise<unknown> => {
      const command = new InvokeCommand({
        FunctionName: 'orders-crud-handler',
        Payload: JSON.stringify(event),
      });
      const { Payload } = await lambda.send(command);
      return JSON.parse(Buffer.from(Payload ?? []).toString());
    },
    /** Messages of the sample team's queue until `enough` is satisfied; each is taken from the queue. */
    receiveUntil: async (enough: (all: Delivered[]) => boolean): Promise<Delivered[]> => {
      const all: Delivered[] = [];
      while (!enough(all)) all.push(...(await receive(2)));
      return all;
    },
    receiveNow: (queue?: string) => receive(0, queue),
  };
};
