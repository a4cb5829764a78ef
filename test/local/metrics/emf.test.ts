import { takeEmbedded } from '../../../local/metrics/emf.ts';
import { createMetrics } from '../../../local/metrics/store.ts';
import { fakeClock } from '../support/clock.ts';

const now = Date.parse('2026-11-22T10:00:30Z');
const minute = 60_000;
const from = now - (now % minute);

function taken(line: unknown) {
  const metrics = createMetrics({ clock: fakeClock(now), warn: () => undefined });
  takeEmbedded(typeof line === 'string' ? line : JSON.stringify(line), metrics, now);
  return metrics.list().map((metric) => {
    const { count, sum } = metrics.between(metric, from - minute, from + minute) ?? { count: 0, sum: 0 };
    return [metric.namespace, metric.name, metric.dimensions, count, sum];
  });
}

const emf = (more: Record<string, unknown> = {}, directive: Record<string, unknown> = {}) => ({
  _aws: {
    Timestamp: now,
    CloudWatchMetrics: [
      {
        Namespace: 'Orders',
        Dimensions: [['service']],
        Metrics: [{ Name: 'PublishLag', Unit: 'Milliseconds' }],
        ...directive,
      },
    ],
  },
  service: 'orders',
  PublishLag: [3, 4],
  ...more,
});

describe('a line in the embedded metric format', () => {
  test('gives its metrics, each value of a list as one', () => {
    expect(taken(emf())).toEqual([['Orders', 'PublishLag', { service: 'orders' }, 2, 7]]);
  });

  test('gives a metric for each set of dimensions', () => {
    const sets = { Dimensions: [['service'], ['service', 'function_name'], []] };
    expect(taken(emf({ function_name: 'reader', PublishLag: 5 }, sets))).toEqual([
      ['Orders', 'PublishLag', { service: 'orders' }, 1, 5],
      ['Orders', 'PublishLag', { service: 'orders', function_name: 'reader' }, 1, 5],
      ['Orders', 'PublishLag', {}, 1, 5],
    ]);
  });

  test('goes by its own time', () => {
    const line = emf();
    line._aws.Timestamp = now - minute;
    expect(taken(line)).toEqual([['Orders', 'PublishLag', { service: 'orders' }, 2, 7]]);
  });

  test.each<[string, unknown]>([
    ['no JSON', '2026-11-22 INFO {"CloudWatchMetrics"'],
    ['another line of a log', { message: 'done', service: 'orders' }],
    ['a dimension without a text', emf({ service: 7 })],
    ['a metric without a value', emf({ PublishLag: undefined })],
    ['a metric that is no number', emf({ PublishLag: 'fast' })],
    ['a list of more than a hundred', emf({ PublishLag: Array.from({ length: 101 }, () => 1) })],
    ['a time of long ago', { ...emf(), _aws: { ...emf()._aws, Timestamp: now - 15 * 24 * 60 * minute } }],
    ['a time far ahead', { ...emf(), _aws: { ...emf()._aws, Timestamp: now + 3 * 60 * minute } }],
    ['no time', { ...emf(), _aws: { ...emf()._aws, Timestamp: undefined } }],
  ])('gives nothing where there is %s', (_, line) => expect(taken(line)).toEqual([]));
});
