import { readRules } from '../../../local/bus/rules.ts';
import { startEdges } from '../support/running.ts';
import { bus, queue, queueArn, rule, stackOf } from '../support/stack.ts';

const everything = { source: ['orders.service'] };
const withTarget = (target: object) =>
  rule('r', 'orders', everything, [{ Arn: queueArn('team'), ...target }]);
const [day, most] = [86_400, 8_192];
const paths = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`v${n}`, '$.id']));

test('2.3 default retry policy: 185 retries within 24 hours', () => {
  const [read] = readRules(stackOf([bus('orders'), withTarget({})]));
  expect(read?.targets).toMatchObject([{ maxRetries: 185, maxAgeMs: day * 1000 }]);
});

test.each([
  ['2.3 limits of retries', { RetryPolicy: { MaximumRetryAttempts: 186 } }, 'is from 0 to 185, and is 186'],
  ['2.3 least age', { RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, 'is from 60 to 86400, and is 59'],
  ['2.3 most age', { RetryPolicy: { MaximumEventAgeInSeconds: day + 1 } }, 'and is 86401'],
  ['2.3 FIFO dead-letter queue', { DeadLetterConfig: { Arn: queueArn('dlq.fifo') } }, 'is a FIFO queue'],
  [
    '2.7 number of variables',
    { InputTransformer: { InputPathsMap: paths(101), InputTemplate: '1' } },
    '101 variables',
  ],
  [
    '2.7 length of a template',
    { InputTransformer: { InputTemplate: 'x'.repeat(most + 1) } },
    'has 8193 characters',
  ],
  ['2.7 length of a constant', { Input: 'x'.repeat(most + 1) }, 'Input has 8193 characters'],
  [
    '2.7 one kind of input',
    { Input: '1', InputPath: '$.id' },
    'only one of Input and InputPath can be given',
  ],
])('%s: a template beyond it is refused at start, naming the rule', (_, target, words) => {
  const stack = stackOf([bus('orders'), queue('team'), withTarget(target)]);
  expect(() => readRules(stack)).toThrow(
    new RegExp(`^r \\(AWS::Events::Rule\\): Target Target0: .*${words}`),
  );
});

test('given the limits themselves, then the template runs', async () => {
  const edges = await startEdges([
    bus('orders'),
    queue('team'),
    withTarget({
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 60 },
      InputTransformer: { InputPathsMap: paths(100), InputTemplate: 'x'.repeat(most) },
    }),
  ]);
  await edges.stop();
});
