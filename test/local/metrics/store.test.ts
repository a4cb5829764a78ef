import { createMetrics, type MetricId, type Metrics } from '../../../local/metrics/store.ts';
import { statisticOf } from '../../../local/metrics/statistics.ts';
import { fakeClock } from '../support/clock.ts';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');
const count: MetricId = { namespace: 'AWS/Lambda', name: 'Invocations', dimensions: { FunctionName: 'api' } };

function opened(most?: number) {
  const clock = fakeClock(start);
  const warnings: string[] = [];
  const metrics = createMetrics({
    clock,
    warn: (line) => warnings.push(line),
    ...(most !== undefined && { most }),
  });
  return { clock, metrics, warnings };
}

const put = (metrics: Metrics, { namespace, name, dimensions }: MetricId, values: number[], at?: number) => {
  for (const value of values) metrics.measure(namespace, name, dimensions)(value, at);
};
const statistic = (metrics: Metrics, name: string, from = start, to = start + minute) => {
  const bucket = metrics.between(count, from, to);
  return bucket && statisticOf(name)(bucket);
};

describe('given values in a minute', () => {
  const { metrics } = opened();
  put(metrics, count, [4, 1, 1, 2]);

  test.each([
    ['SampleCount', 4],
    ['Sum', 8],
    ['Average', 2],
    ['Minimum', 1],
    ['Maximum', 4],
    ['p50', 1],
    ['p75', 2],
    ['p99.9', 4],
    ['p0', 1],
    ['PR(:1)', 50],
    ['PR(1:2)', 25],
    ['PR(2:)', 25],
  ])('then %s is %d', (name, expected) => expect(statistic(metrics, name)).toBe(expected));

  test('then a statistic that CloudWatch has and this machine has not is refused by its name', () => {
    expect(() => statisticOf('tm90')).toThrow(/the statistic tm90 is not evaluated here/);
  });

  test('then the minutes before and after have none', () => {
    expect(statistic(metrics, 'Sum', start - minute, start)).toBeUndefined();
    expect(statistic(metrics, 'Sum', start + minute, start + 2 * minute)).toBeUndefined();
  });
});

test('given values over minutes, then a longer period has all of them', async () => {
  const { clock, metrics } = opened();
  put(metrics, count, [1, 900]);
  await clock.advance(4 * minute);
  put(metrics, count, [100_000, 7]);
  put(metrics, count, [3], start + minute);
  expect(statistic(metrics, 'Sum', start, start + 5 * minute)).toBe(100_911);
  expect(statistic(metrics, 'p50', start, start + 5 * minute)).toBe(7);
  expect(statistic(metrics, 'SampleCount', start, start + 4 * minute)).toBe(3);
});

test('given percentiles of many values, then they are within one in a hundred', () => {
  const { metrics } = opened();
  put(
    metrics,
    count,
    Array.from({ length: 50_000 }, (_, n) => 0.37 + n * 1.7),
  );
  const exact = 0.37 + 1.7 * (50_000 * 0.99 - 1);
  expect(Math.abs((statistic(metrics, 'p99') ?? 0) / exact - 1)).toBeLessThan(0.01);
  expect(metrics.held()).toBeLessThan(5_000);
});

test('given other dimensions, then it is another metric, whatever their order', () => {
  const { metrics } = opened();
  put(metrics, { ...count, dimensions: { a: '1', b: '2' } }, [1]);
  put(metrics, { ...count, dimensions: { b: '2', a: '1' } }, [1]);
  put(metrics, { ...count, dimensions: { a: '1' } }, [1]);
  expect(metrics.list()).toHaveLength(2);
});

describe('the bound', () => {
  test('given more than is held, then the oldest minutes go', async () => {
    const { clock, metrics } = opened(10);
    for (let n = 0; n < 30; n += 1) {
      put(metrics, count, [n]);
      await clock.advance(minute);
    }
    expect(metrics.held()).toBeLessThanOrEqual(10);
    expect(statistic(metrics, 'Sum', start, start + 30 * minute)).toBe(
      20 + 21 + 22 + 23 + 24 + 25 + 26 + 27 + 28 + 29,
    );
  });

  test('given a day, then what is older is gone, its name too', async () => {
    const { clock, metrics } = opened();
    put(metrics, count, [1]);
    await clock.advance(24 * 60 * minute);
    put(metrics, { ...count, name: 'Errors' }, [1]);
    expect(metrics.list().map(({ name }) => name)).toEqual(['Errors']);
    put(metrics, count, [1], start);
    expect(metrics.held()).toBe(1);
  });

  test('given an id for a dimension, then new metrics are refused at two thousand, which is said once', () => {
    const { metrics, warnings } = opened();
    for (let n = 0; n < 2_100; n += 1) put(metrics, { ...count, dimensions: { orderId: `O${n}` } }, [1]);
    expect(metrics.list()).toHaveLength(2_000);
    expect(warnings).toEqual([expect.stringContaining('More than 2000 metrics')]);
  });
});
