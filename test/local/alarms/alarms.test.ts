import { createAlarms } from '../../../local/alarms/alarms.ts';
import { parseRule } from '../../../local/alarms/rule.ts';
import { createMetrics } from '../../../local/metrics/store.ts';
import { fakeClock } from '../support/clock.ts';
import { stackOf } from '../support/stack.ts';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');
const topic = 'arn:aws:sns:eu-central-1:000000000000:pages';

const alarm = (name: string, properties: Record<string, unknown> = {}) => ({
  type: 'AWS::CloudWatch::Alarm',
  name,
  properties: {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: name }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 2,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    ...properties,
  },
});
const composite = (name: string, AlarmRule: string, more: Record<string, unknown> = {}) => ({
  type: 'AWS::CloudWatch::CompositeAlarm',
  name,
  properties: { AlarmRule, ...more },
});
const stat = (Namespace: string, MetricName: string, Stat = 'Sum') => ({
  Metric: { Namespace, MetricName, Dimensions: [] },
  Period: 60,
  Stat,
});

function opened(...resources: Parameters<typeof stackOf>[0]) {
  const clock = fakeClock(start);
  const metrics = createMetrics({ clock, warn: () => undefined });
  const alarms = createAlarms({ stack: stackOf(resources), metrics, now: start });
  let at = start;
  return {
    alarms,
    put: (name: string, value: number, namespace = 'AWS/Lambda', metric = 'Errors') => {
      const dimensions: Record<string, string> = namespace === 'AWS/Lambda' ? { FunctionName: name } : {};
      metrics.measure(namespace, metric, dimensions)(value, at);
    },
    /** The minute under way ends. */
    minute: () => {
      at += minute;
      alarms.evaluate(at);
    },
  };
}

describe('an alarm', () => {
  test('given values over the threshold, then it rises, says why and since when, and clears', () => {
    const {
      alarms,
      put,
      minute: ends,
    } = opened(alarm('api', { DatapointsToAlarm: 2, EvaluationPeriods: 3 }));
    expect(alarms.stateOf('api')).toBe('INSUFFICIENT_DATA');
    put('api', 2);
    ends();
    expect(alarms.stateOf('api')).toBe('OK');
    put('api', 3);
    ends();
    put('api', 7.5);
    ends();
    expect(alarms.list()).toMatchObject([
      {
        name: 'api',
        kind: 'metric',
        state: 'ALARM',
        since: start + 3 * minute,
        reason: '2 of the last 3 data points (2, 3, 7.5) are greater than the threshold (2).',
      },
    ]);
    for (const quiet of [0, 0]) {
      put('api', quiet);
      ends();
    }
    expect(alarms.history().map(({ from, to }) => `${from} ${to}`)).toEqual([
      'INSUFFICIENT_DATA OK',
      'OK ALARM',
      'ALARM OK',
    ]);
  });

  test.each([
    ['GreaterThanThreshold', [1, 2, 3], 'OK OK ALARM'],
    ['GreaterThanOrEqualToThreshold', [1, 2, 3], 'OK ALARM ALARM'],
    ['LessThanThreshold', [3, 2, 1], 'OK OK ALARM'],
    ['LessThanOrEqualToThreshold', [3, 2, 1], 'OK ALARM ALARM'],
  ])('given %s, then it compares so', (ComparisonOperator, values, states) => {
    const { alarms, put, minute: ends } = opened(alarm('api', { ComparisonOperator }));
    const seen = values.map((value) => {
      put('api', value);
      ends();
      return alarms.stateOf('api');
    });
    expect(seen.join(' ')).toBe(states);
  });

  test('given a longer period, then its window moves on with each minute', () => {
    const { alarms, put, minute: ends } = opened(alarm('api', { Period: 300 }));
    put('api', 2);
    ends();
    put('api', 2);
    ends();
    expect(alarms.stateOf('api')).toBe('ALARM');
    for (let n = 0; n < 3; n += 1) ends();
    expect(alarms.stateOf('api')).toBe('ALARM');
    ends();
    expect(alarms.stateOf('api')).toBe('OK');
  });

  test('given an expression, then what it gives is compared', () => {
    const rate = alarm('rate', {
      Metrics: [
        { Id: 'share', Expression: '100 * errors / calls', ReturnData: true },
        { Id: 'errors', MetricStat: stat('Orders', 'Errors'), ReturnData: false },
        { Id: 'calls', MetricStat: stat('Orders', 'Calls'), ReturnData: false },
      ],
    });
    const { alarms, put, minute: ends } = opened(rate);
    put('', 100, 'Orders', 'Calls');
    put('', 3, 'Orders', 'Errors');
    ends();
    expect(alarms.stateOf('rate')).toBe('ALARM');
    put('', 100, 'Orders', 'Calls');
    ends();
    expect(alarms.stateOf('rate')).toBe('OK');
  });

  test('given metrics of DynamoDB, then missing data leaves it as it is, whatever the template says', () => {
    const table = alarm('table', { Namespace: 'AWS/DynamoDB', Dimensions: [] });
    const { alarms, put, minute: ends } = opened(table);
    put('', 5, 'AWS/DynamoDB');
    ends();
    for (let n = 0; n < 5; n += 1) ends();
    expect(alarms.stateOf('table')).toBe('ALARM');
  });

  test('given topics, then what they would be sent is kept, unless the actions are off', () => {
    const actions = { AlarmActions: [topic], AlarmDescription: 'Errors.' };
    const {
      alarms,
      put,
      minute: ends,
    } = opened(alarm('loud', actions), alarm('silent', { ...actions, ActionsEnabled: false }));
    for (const name of ['loud', 'silent']) put(name, 5);
    ends();
    const [notice, ...others] = alarms.notices();
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ topic, alarm: 'loud', subject: 'ALARM: "loud" in eu-central-1' });
    expect(JSON.parse(notice?.message ?? '')).toMatchObject({
      AlarmName: 'loud',
      AlarmDescription: 'Errors.',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
      StateChangeTime: '2026-11-22T10:01:00.000Z',
    });
  });
});

describe('a composite alarm', () => {
  test('given a rule over alarms and composites, then it follows them', () => {
    const {
      alarms,
      put,
      minute: ends,
    } = opened(
      composite('all', 'ALARM("either") AND NOT OK("api")'),
      composite('either', 'ALARM("api") OR ALARM("reader")', { AlarmActions: [topic] }),
      alarm('api'),
      alarm('reader'),
    );
    put('reader', 5);
    ends();
    expect(['all', 'either'].map((name) => alarms.stateOf(name))).toEqual(['OK', 'ALARM']);
    expect(alarms.list().find(({ name }) => name === 'either')?.reason).toBe('In alarm: reader.');
    put('api', 5);
    ends();
    expect(['all', 'either'].map((name) => alarms.stateOf(name))).toEqual(['ALARM', 'ALARM']);
    for (let n = 0; n < 4; n += 1) ends();
    expect(['all', 'either'].map((name) => alarms.stateOf(name))).toEqual(['OK', 'OK']);
    expect(alarms.notices()).toHaveLength(1);
  });

  test.each([
    ['TRUE', true],
    ['FALSE OR NOT (FALSE)', true],
    ['NOT (ALARM(a) OR TRUE)', false],
    ['ALARM(a) AND INSUFFICIENT_DATA("a b")', true],
    ['OK(a) OR FALSE AND TRUE', false],
  ])('%s is %s', (text, expected) => {
    expect(parseRule(text).holds((name) => (name === 'a' ? 'ALARM' : 'INSUFFICIENT_DATA'))).toBe(expected);
  });
});

test.each([
  [
    'a band of anomalies',
    alarm('x', { Metrics: [{ Id: 'a', Expression: 'ANOMALY_DETECTION_BAND(b)' }] }),
    /ANOMALY_DETECTION_BAND/,
  ],
  ['a statistic', alarm('x', { Statistic: undefined, ExtendedStatistic: 'tm99' }), /the statistic tm99/],
  ['a period of seconds', alarm('x', { Period: 10 }), /period of 10 s/],
  [
    'two series',
    alarm('x', { Metrics: ['a', 'b'].map((Id) => ({ Id, MetricStat: stat('N', Id) })) }),
    /watches 2 series/,
  ],
  [
    'another comparison',
    alarm('x', { ComparisonOperator: 'LessThanLowerThreshold' }),
    /LessThanLowerThreshold/,
  ],
  [
    'a rule with an unknown alarm',
    composite('x', 'ALARM("gone")'),
    /names gone, which the template does not have/,
  ],
  ['a rule that cannot be read', composite('x', 'ALARM("x") UNLESS TRUE'), /cannot be read at "UNLESS TRUE"/],
])('%s is refused when the template is read, with the resource named', (_name, resource, words) => {
  expect(() => opened(resource)).toThrow(words);
  expect(() => opened(resource)).toThrow(/^x \(AWS::CloudWatch/);
});
