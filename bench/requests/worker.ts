import { createRequire } from 'node:module';
import { CONTESTANTS, type Operation, said, type Subject } from './contestants.ts';

/** What the parent asks of this process: to send these requests one after another. */
export interface Round {
  operation: Operation;
  subjects: readonly Subject[];
}

export interface Measured {
  /** Milliseconds of processor time a request, and of the clock for each request. */
  cpu: number;
  latencies: number[];
  /** What the last request was answered. */
  answer: unknown;
  error?: string;
}

const [file = '', name = ''] = process.argv.slice(2);
const contestant = CONTESTANTS.find((each) => each.name === name);
if (contestant === undefined) throw new Error(`no contestant ${name}`);
type Handler = (event: unknown, context: unknown) => Promise<unknown>;
const { handler } = createRequire(import.meta.url)(file) as { handler: Handler };

const run = async ({ operation, subjects }: Round): Promise<Measured> => {
  const request = contestant.requests[operation];
  if (request === undefined) throw new Error(`${name} has no ${operation}`);
  const events = subjects.map((subject) => request(subject));
  const latencies: number[] = [];
  let answer: unknown;
  const before = process.cpuUsage();
  for (const [place, event] of events.entries()) {
    const context = {
      awsRequestId: `request-${place}`,
      functionName: 'bench',
      functionVersion: '$LATEST',
      memoryLimitInMB: '512',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
      getRemainingTimeInMillis: () => 10_000,
    };
    const start = performance.now();
    answer = await handler(event, context);
    // As Lambda's runtime does with it: some answer with text already, some with an object.
    JSON.stringify(answer);
    latencies.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000 / events.length, latencies, answer: said(answer) };
};

process.on('message', (round: Round) => {
  void run(round)
    .catch((error: unknown): Measured => ({ cpu: 0, latencies: [], answer: undefined, error: String(error) }))
    .then((measured) => process.send?.(measured));
});
process.send?.('ready');
