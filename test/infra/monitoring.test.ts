import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { METRICS } from '../../src/adapters/names.ts';
import { ruleMetric } from '../../infra/metrics.ts';
import { stageNamed } from '../../infra/stages.ts';
import { synthesized } from './synthesized.ts';

interface MetricStat {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}

interface AlarmProperties extends MetricStat {
  AlarmName: string;
  AlarmDescription: string;
  Statistic?: string;
  ExtendedStatistic?: string;
  Period?: number;
  Threshold: number;
  DatapointsToAlarm: number;
  EvaluationPeriods: number;
  TreatMissingData: string;
  AlarmRule?: unknown;
  AlarmActions?: unknown[];
  OKActions?: unknown[];
  Metrics?: {
    Expression?: string;
    MetricStat?: { Metric: MetricStat; Stat: string; Period: number };
  }[];
}

const template = synthesized();
const alarmsOf = (from: typeof template, type = 'Alarm') =>
  from.ofType(`AWS::CloudWatch::${type}`).map(({ properties }) => properties as unknown as AlarmProperties);
const alarms = alarmsOf(template);
const composites = alarmsOf(template, 'CompositeAlarm');
const named = (name: string) => {
  const found = [...alarms, ...composites].find(({ AlarmName }) => AlarmName === name);
  if (!found) throw new Error(`No alarm ${name}`);
  return found;
};

/** `p99 AWS/ApiGateway Latency {ApiId: orders} over 60 s`, or an expression. */
const watched = ({
  Metrics,
  Statistic,
  ExtendedStatistic,
  Period = 60,
  ...metric
}: AlarmProperties): string[] => {
  const line = (statistic: string, { Namespace, MetricName, Dimensions }: MetricStat, seconds: number) =>
    `${statistic} ${Namespace} ${MetricName} {${Dimensions.map(({ Name, Value }) => `${Name}: ${template.text(Value)}`).join(', ')}} over ${seconds} s`;
  return Metrics
    ? Metrics.map(({ Expression, MetricStat }) =>
        MetricStat ? line(MetricStat.Stat, MetricStat.Metric, MetricStat.Period) : String(Expression),
      )
    : [line(Statistic ?? ExtendedStatistic ?? '', metric, Period)];
};
const oneOf = (name: string) => `{EventBusName: orders, RuleName: ${name}}`;

describe('given the alarms', () => {
  test('1.6 what to watch: then age, failures, drops and a stall of the stream, each in its own terms', () => {
    const [mapping] = template.ofType('AWS::Lambda::EventSourceMapping');
    const ofMapping = `{EventSourceMappingUUID: ${template.text({ Ref: mapping!.id })}} over 60 s`;
    const stream = [
      'orders-iterator-age',
      'orders-stream-failing',
      'orders-records-given-up',
      'orders-records-dropped',
      'orders-publishing-stalled',
    ];
    expect(stream.map((name) => watched(named(name)))).toEqual([
      ['Maximum AWS/Lambda IteratorAge {FunctionName: orders-stream-reader} over 60 s'],
      [`Sum AWS/Lambda FailedInvokeEventCount ${ofMapping}`],
      [`Sum AWS/Lambda OnFailureDestinationDeliveredEventCount ${ofMapping}`],
      [`Sum AWS/Lambda DroppedEventCount ${ofMapping}`],
      [
        'IF(FILL(puts, 0) + FILL(transactions, 0) > 0 AND FILL(published, 0) == 0, 1, 0)',
        'SampleCount AWS/DynamoDB SuccessfulRequestLatency {Operation: PutItem, TableName: Orders} over 60 s',
        'SampleCount AWS/DynamoDB SuccessfulRequestLatency {Operation: TransactWriteItems, TableName: Orders} over 60 s',
        'Sum Orders EventsPublished {service: orders} over 60 s',
      ],
    ]);
  });

  test.each(['orders-audit', 'orders-history', 'order-notifications'])(
    'then the subscription %s has its four, under the name that its rule has on its bus',
    (name) => {
      const ofQueue = `{QueueName: ${name}-dlq.QueueName} over 60 s`;
      const kinds = ['undeliverable', 'failed-invocations', 'dead-letters', 'dead-letters-old'];
      expect(kinds.map((kind) => watched(named(`${name}-${kind}`)))).toEqual([
        [`Sum AWS/Events InvocationsFailedToBeSentToDlq ${oneOf(name)} over 60 s`],
        [`Sum AWS/Events FailedInvocations ${oneOf(name)} over 60 s`],
        [`Maximum AWS/SQS ApproximateNumberOfMessagesVisible ${ofQueue}`],
        [`Maximum AWS/SQS ApproximateAgeOfOldestMessage ${ofQueue}`],
      ]);
    },
  );

  test('then the promise of 99.9 % within 5 s is judged by how fast it is used up, over three windows', () => {
    const windows = ['orders-lag-last-minutes', 'orders-lag-last-hour', 'orders-lag-last-six-hours'].map(
      named,
    );
    expect(windows.map(({ Threshold }) => Threshold)).toEqual([14.4, 14.4, 6]);
    expect(windows.map((alarm) => watched(alarm)[1])).toEqual(
      [300, 3_600, 21_600].map(
        (seconds) => `PR(:5000) Orders PublishLag {service: orders} over ${seconds} s`,
      ),
    );
    expect(template.text(named('orders-publish-lag').AlarmRule)).toBe(
      '(ALARM("orders-lag-last-hour.Arn") AND ALARM("orders-lag-last-minutes.Arn"))',
    );
  });

  test('then customers are affected where callers or subscribers feel it', () => {
    expect(template.text(named('orders-customers-affected').AlarmRule)).toBe(
      `(${['api-errors', 'api-latency', 'invoke-errors', 'iterator-age', 'publishing-stalled', 'publish-lag'].map((name) => `ALARM("orders-${name}.Arn")`).join(' OR ')})`,
    );
  });

  test('then what is lost or undelivered alarms at the first', () => {
    const loss = /dropped|given-up|parked|undeliverable|failed-invocations|dead-letters$|reemitted|gaps/;
    for (const { AlarmName, Threshold, DatapointsToAlarm, EvaluationPeriods } of alarms) {
      if (loss.test(AlarmName))
        expect([AlarmName, Threshold, DatapointsToAlarm, EvaluationPeriods]).toEqual([AlarmName, 0, 1, 1]);
    }
  });

  test('then a filled series is never judged by one period: its newest value may come late, and be filled till then', () => {
    const filled = alarms.filter((alarm) => watched(alarm).some((line) => line.includes('FILL')));
    expect(filled.length).toBeGreaterThan(2);
    expect(filled.filter(({ EvaluationPeriods }) => EvaluationPeriods < 5)).toEqual([]);
  });

  test('then those on metrics of DynamoDB are filled: while they are missing, CloudWatch would leave an alarm on', () => {
    const ofTables = alarms.filter((alarm) => watched(alarm).some((line) => line.includes('AWS/DynamoDB')));
    expect(ofTables.length).toBeGreaterThan(2);
    expect(ofTables.filter((alarm) => !watched(alarm)[0]?.includes('FILL'))).toEqual([]);
  });

  test('then our own metrics have no dimensions but the service, and of cold starts the function', () => {
    const own = [...alarms.flatMap(watched), ...graphed()].filter((line) => / Orders \w+ \{/.test(line));
    const allowed = new RegExp(
      ` Orders (${Object.values(METRICS).join('|')}) \\{service: orders\\}| Orders ColdStart \\{(function_name: [a-z-]+, service: orders|service: orders, function_name: [a-z-]+)\\}`,
    );
    expect(own.length).toBeGreaterThan(10);
    expect(own.filter((line) => !allowed.test(line))).toEqual([]);
  });
});

describe('given a runbook', () => {
  const ROOT = path.join(__dirname, '../..');
  const SECTIONS = ['What it means', 'Who is affected', 'Look at', 'Do', 'Afterwards'];
  const withKeys = synthesized({ ...stageNamed('dev'), customerManagedKeys: true, identity: 'cognito' });
  const all = [...alarmsOf(withKeys), ...composites].map(
    ({ AlarmName, AlarmDescription }) => [AlarmName, AlarmDescription] as const,
  );

  test('of a bus with a key of its own has events that the key did not encrypt; of a user pool sign-ins that fail', () => {
    const more = all
      .map(([name]) => name)
      .filter((name) => ![...alarms, ...composites].some(({ AlarmName }) => AlarmName === name));
    expect(more.sort()).toEqual(['orders-bus-dead-letters', 'orders-sign-in-failing']);
  });

  test.each(all)(
    '%s: then its description says what is the matter, and names one that is there, whole',
    (_, description) => {
      const [, says = '', file = ''] =
        /^(.{20,}\.) Runbook: (docs\/runbooks\/[a-z-]+\.md)$/.exec(description) ?? [];
      expect(says).not.toBe('');
      expect(existsSync(path.join(ROOT, file))).toBe(true);
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const sections = [...text.matchAll(/^## (.+)\n\n([^#]+)/gm)].filter(
        ([, , body = '']) => body.trim().length > 20,
      );
      expect(sections.map(([, heading]) => heading)).toEqual(expect.arrayContaining(SECTIONS));
    },
  );
});

describe('given a rule', () => {
  test('then its metrics bear the name of its bus, unless that is the default one', () => {
    const dimensionsOf = (bus: string) => ruleMetric(bus, 'orders-history', 'FailedInvocations').dimensions;
    expect(dimensionsOf('orders')).toEqual({ EventBusName: 'orders', RuleName: 'orders-history' });
    expect(dimensionsOf('default')).toEqual({ RuleName: 'orders-history' });
  });
});

describe('given the addresses for alarms', () => {
  const PAGES = [
    'order-notifications-dead-letters-old',
    'order-notifications-undeliverable',
    'orders-bus-dead-letters',
    'orders-audit-dead-letters-old',
    'orders-audit-undeliverable',
    'orders-customers-affected',
    'orders-history-dead-letters-old',
    'orders-history-events-lost',
    'orders-history-undeliverable',
    'orders-records-dropped',
  ];
  const QUIET = [
    'orders-api-errors',
    'orders-api-latency',
    'orders-invoke-errors',
    'orders-iterator-age',
    'orders-lag-last-hour',
    'orders-lag-last-minutes',
    'orders-publish-lag',
    'orders-publishing-stalled',
  ];
  const stage = { ...stageNamed('dev'), alarmEmails: ['orders@example.com'] };
  const topicOf = (from: typeof template, TopicName: string) => [
    { Ref: from.named(TopicName, 'AWS::SNS::Topic').id },
  ];

  test('when a stage has none, then alarms go to topics that nobody has subscribed to yet', () => {
    expect(template.ofType('AWS::SNS::Topic')).toHaveLength(2);
    expect(template.ofType('AWS::SNS::Subscription')).toEqual([]);
  });

  test('when a stage has one, then what customers feel and what is lost calls at once, the rest in working hours, and parts of an alarm not at all', () => {
    const mailed = synthesized({
      ...stage,
      customerManagedKeys: true,
      pagerEmails: ['pager@example.com'],
    });
    const pages = topicOf(mailed, 'orders-pages');
    const tickets = topicOf(mailed, 'orders-tickets');
    for (const { AlarmName, AlarmActions, OKActions } of [
      ...alarmsOf(mailed),
      ...alarmsOf(mailed, 'CompositeAlarm'),
    ]) {
      const expected = PAGES.includes(AlarmName)
        ? [pages, pages]
        : QUIET.includes(AlarmName)
          ? []
          : [tickets];
      expect([AlarmName, AlarmActions, OKActions]).toEqual([
        AlarmName,
        ...expected,
        ...Array<undefined>(2 - expected.length),
      ]);
    }
    const subscriptions = mailed.ofType('AWS::SNS::Subscription').map(({ properties }) => properties);
    expect(
      subscriptions.map(({ Protocol, Endpoint, TopicArn }) => [Protocol, Endpoint, TopicArn]).sort(),
    ).toEqual([
      ['email', 'orders@example.com', ...tickets],
      ['email', 'pager@example.com', ...pages],
    ]);
  });

  test('when only one address is given, then both go there', () => {
    const endpoints = synthesized(stage)
      .ofType('AWS::SNS::Subscription')
      .map(({ properties }) => properties['Endpoint']);
    expect(endpoints).toEqual([...stage.alarmEmails, ...stage.alarmEmails]);
  });

  test('when a stage wants no alarms, then there are none', () => {
    const silent = synthesized({ ...stageNamed('dev'), alarms: false });
    expect([...alarmsOf(silent), ...alarmsOf(silent, 'CompositeAlarm')]).toEqual([]);
  });
});

interface Widget {
  type: string;
  properties: { title?: string; markdown: string; metrics: unknown[][] };
}
const widgets = () => {
  const body = template.named('Orders', 'AWS::CloudWatch::Dashboard').properties['DashboardBody'];
  return (JSON.parse(template.text(body)) as { widgets: Widget[] }).widgets;
};
function graphed(): string[] {
  return widgets().flatMap(({ properties: { metrics = [] } }) =>
    metrics.map((row) => {
      const [namespace = '', name = '', ...pairs] = row.filter((cell) => typeof cell === 'string');
      const dimensions = pairs.flatMap((key, place) =>
        place % 2 === 0 ? [`${key}: ${pairs[place + 1]}`] : [],
      );
      return `graph ${namespace} ${name} {${dimensions.join(', ')}}`;
    }),
  );
}

describe('given the dashboard', () => {
  test('then it goes from orders down to dead letters', () => {
    expect(widgets().map(({ properties: { title, markdown } }) => title ?? markdown)).toEqual([
      '## Orders',
      'Orders by step',
      'Orders written, events published',
      'Events that failed, or were parked',
      '## Freshness: 99.9 % of events within 5 s',
      'Change to publication (ms)',
      'Events within 5 s (%)',
      'Age of what is read (ms); publication to target (ms)',
      '## API',
      'Requests',
      'Errors',
      'Latency (ms)',
      '## Functions',
      'Share of invocations that failed',
      'Duration p99 (ms)',
      'Throttles',
      'Copies at the same time',
      'Cold starts',
      'Invocations',
      '## Stream',
      'Records read, and sent to the function',
      'Records that failed, to be tried again',
      'Records given up: kept, lost',
      '## Bus, by rule',
      'Events that matched; given to the target',
      'Given up',
      'Given up: kept, lost',
      '## Table of orders',
      'Throttled',
      'Conditions that failed, transactions in conflict',
      'Latency p99 (ms)',
      '## Dead letters, and orders compared with their history',
      'Dead letters waiting',
      'Oldest dead letter (s)',
      'Orders compared; published again, with gaps',
    ]);
  });

  test('then no graph is empty', () => {
    expect(
      widgets().filter(({ type, properties }) => type === 'metric' && properties.metrics.length === 0),
    ).toEqual([]);
  });
});
