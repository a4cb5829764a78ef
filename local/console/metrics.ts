import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Alarm, Alarms } from '../alarms/alarms.ts';
import type { Dashboard } from '../metrics/dashboards.ts';
import { compileQueries, type TimeRange } from '../metrics/queries.ts';
import type { Metrics } from '../metrics/store.ts';
import type { Clock, Stack } from '../parts.ts';
import {
  isRecord,
  nameInArn,
  numeric,
  record,
  records,
  text,
  texts,
  type Properties,
} from '../properties.ts';
import { Declined, type ApiRoutes } from './console.ts';
import type { AlarmInfo, MetricSeries, MetricsPage, Widget } from './shapes/metrics.ts';

export interface MetricParts {
  stack: Stack;
  clock: Clock;
  metrics: Metrics;
  alarms: Alarms;
  dashboards: readonly Dashboard[];
  /** Where the runbooks are that alarms name. */
  root: string;
}

const minuteMs = 60_000;
const ranges = [15, 60, 180, 720, 1_440];
const mostPoints = 240;

/** The template's own dashboard with what the runtime measured, and its alarms. */
export const metricRoutes = (parts: MetricParts): ApiRoutes => ({
  'GET /metrics': ({ query }): MetricsPage => {
    const minutes = ranges.find((range) => range === Number(query.get('minutes'))) ?? 60;
    const range = rangeOf(minutes, parts.clock.now());
    const times: number[] = [];
    for (let at = range.from; at < range.to; at += range.periodSeconds * 1000) times.push(at);
    return {
      ...range,
      times,
      dashboards: parts.dashboards.map((dashboard) => ({
        name: dashboard.name,
        widgets: widgetsOf(dashboard, range, times, parts),
      })),
      alarms: parts.alarms.list().map((alarm) => alarmOf(alarm, range, times, parts)),
    };
  },
  'GET /runbooks/{name}': ({ parameters: { name = '' } }) => {
    const folder = join(parts.root, 'docs/runbooks');
    if (!readdirSync(folder).includes(name)) throw new Declined(404, `There is no runbook ${name}.`);
    return { name, markdown: readFileSync(join(folder, name), 'utf8') };
  },
});

/** The minute that is under way is in it. */
function rangeOf(minutes: number, now: number): TimeRange {
  const periodSeconds = Math.ceil(minutes / mostPoints) * 60;
  const periodMs = periodSeconds * 1000;
  const to = (Math.floor(now / periodMs) + 1) * periodMs;
  return { from: to - minutes * minuteMs, to, periodSeconds };
}

function widgetsOf(
  { body, widgets }: Dashboard,
  range: TimeRange,
  times: readonly number[],
  parts: MetricParts,
): Widget[] {
  // The graphs follow one another as their widgets do in the body.
  const graphs = [...widgets];
  return records(body, 'widgets').map((widget): Widget => {
    const properties = record(widget, 'properties') ?? {};
    const [x = 0, y = 0, width = 6, height = 6] = ['x', 'y', 'width', 'height'].map((name) =>
      numeric(widget, name),
    );
    const place = { x, y, width, height };
    const type = text(widget, 'type') ?? '';
    if (type === 'text') return { ...place, kind: 'heading', markdown: text(properties, 'markdown') ?? '' };
    if (type === 'alarm') {
      const alarms = texts(properties, 'alarms').map(nameInArn);
      return { ...place, kind: 'alarms', title: text(properties, 'title') ?? '', alarms };
    }
    const graph = type === 'metric' && Array.isArray(properties['metrics']) ? graphs.shift() : undefined;
    if (!graph) return { ...place, kind: 'unknown', type };
    const rows = properties['metrics'] as unknown[][];
    const values = graph.evaluate(parts.metrics, range);
    const series = graph.queries.flatMap(({ id, label, shown }, index) => {
      const side = text(rows[index]?.find(isRecord) ?? {}, 'yAxis') === 'right' ? 'right' : 'left';
      return shown
        ? (values.get(id) ?? []).map((each): MetricSeries => seriesOf(label, side, each, times))
        : [];
    });
    const kind = text(properties, 'view') === 'singleValue' ? 'value' : 'graph';
    return { ...place, kind, title: graph.title, series, lines: linesOf(properties) };
  });
}

const seriesOf = (
  label: string,
  side: MetricSeries['side'],
  values: ReadonlyMap<number, number>,
  times: readonly number[],
): MetricSeries => ({ label, side, values: times.map((at) => values.get(at) ?? null) });

const linesOf = (properties: Properties) =>
  records(record(properties, 'annotations') ?? {}, 'horizontal').map((line) => ({
    value: numeric(line, 'value') ?? 0,
    label: text(line, 'label') ?? '',
  }));

const comparisons: Record<string, string> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'at least',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'at most',
};

function alarmOf(
  alarm: Alarm,
  range: TimeRange,
  times: readonly number[],
  { stack, metrics }: MetricParts,
): AlarmInfo {
  const { name, arn, kind, state, reason, since, description, queries } = alarm;
  const { properties = {} } = stack.byArn(arn) ?? {};
  const threshold = numeric(properties, 'Threshold');
  const watched = queries.find(({ shown }) => shown);
  const [values] = watched ? (compileQueries(queries)(metrics, range).get(watched.id) ?? []) : [];
  return {
    name,
    arn,
    kind,
    state,
    reason,
    since,
    description,
    condition: conditionOf(properties, text(properties, 'MetricName') ?? watched?.label),
    threshold: threshold ?? null,
    runbook: /docs\/runbooks\/([\w-]+\.md)/.exec(description)?.[1] ?? null,
    series: values && watched ? seriesOf(watched.label, 'left', values, times) : null,
  };
}

function conditionOf(properties: Properties, watched = ''): string {
  const rule = text(properties, 'AlarmRule');
  if (rule !== undefined) {
    const named = rule.replaceAll(/ALARM\("(?:[^"]*:alarm:)?([^"]+)"\)/g, '$1');
    return named.replace(/^\((.*)\)$/, '$1');
  }
  const of = numeric(properties, 'EvaluationPeriods') ?? 1;
  const bad = numeric(properties, 'DatapointsToAlarm') ?? of;
  const words = comparisons[text(properties, 'ComparisonOperator') ?? ''] ?? '';
  const periods = of === 1 ? 'a period' : `${bad} of ${of} periods`;
  return `${watched} ${words} ${text(properties, 'Threshold') ?? ''} in ${periods}`.trim();
}
