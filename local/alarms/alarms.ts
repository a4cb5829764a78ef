import type { Query } from '../metrics/queries.ts';
import type { Metrics } from '../metrics/store.ts';
import { NotEvaluated } from '../metrics/statistics.ts';
import type { Resource, Stack } from '../parts.ts';
import { text, UnsupportedResource } from '../properties.ts';
import { noticeOf, type Notice, type Transition } from './notices.ts';
import { parseRule, type AlarmRule } from './rule.ts';
import { alarmBaseOf, metricAlarmOf, type AlarmBase, type AlarmState, type MetricAlarm } from './settings.ts';
import { furtherBack, verdictOf } from './verdict.ts';

export interface Alarm {
  name: string;
  arn: string;
  description: string;
  kind: 'metric' | 'composite';
  state: AlarmState;
  /** Why it is in this state, in a sentence. */
  reason: string;
  /** Since when, in milliseconds since the epoch. */
  since: number;
  /** What it watches; nothing where it is composed of other alarms. */
  queries: readonly Query[];
}

export interface Alarms {
  list(): readonly Alarm[];
  /** Throws for a name that no alarm has. */
  stateOf(name: string): AlarmState;
  /** Changes of state, newest last; the last thousand of all alarms. */
  history(): readonly Transition[];
  /** What topics would have been sent, newest last; nothing is sent here. */
  notices(): readonly Notice[];
}

export interface EvaluatedAlarms extends Alarms {
  /** Judges all alarms by the periods that ended at this time, a whole minute. */
  evaluate(at: number): void;
}

interface Kept<A extends AlarmBase> {
  alarm: A;
  state: AlarmState;
  reason: string;
  since: number;
}

const mostKept = 1_000;

/** The template's alarms. Throws for one that cannot be evaluated here, naming it. */
export function createAlarms({
  stack,
  metrics,
  now,
}: {
  stack: Stack;
  metrics: Metrics;
  now: number;
}): EvaluatedAlarms {
  const start = { state: 'INSUFFICIENT_DATA' as AlarmState, reason: 'It was not evaluated yet.', since: now };
  const ofMetrics = stack
    .ofType('AWS::CloudWatch::Alarm')
    .map((resource): Kept<MetricAlarm> => ({ alarm: metricAlarmOf(resource), ...start }));
  const composites = stack
    .ofType('AWS::CloudWatch::CompositeAlarm')
    .map((resource): Kept<AlarmBase & { rule: AlarmRule }> => ({ alarm: compositeOf(resource), ...start }));
  const all: readonly Kept<AlarmBase>[] = [...ofMetrics, ...composites];
  const transitions: Transition[] = [];
  const notices: Notice[] = [];

  const find = (nameOrArn: string) =>
    all.find(({ alarm: { name, arn } }) => name === nameOrArn || arn === nameOrArn);
  for (const [index, { alarm }] of composites.entries()) {
    const unknown = alarm.rule.alarms.find((named) => !find(named));
    const resource = stack.ofType('AWS::CloudWatch::CompositeAlarm')[index];
    if (unknown !== undefined && resource) {
      throw new UnsupportedResource(resource, `its rule names ${unknown}, which the template does not have`);
    }
  }

  const change = (kept: Kept<AlarmBase>, to: AlarmState, reason: string, at: number): boolean => {
    const { alarm, state: from } = kept;
    if (to === from) return false;
    Object.assign(kept, { state: to, reason, since: at });
    const transition = { alarm: alarm.name, from, to, at, reason };
    transitions.push(transition);
    for (const topic of alarm.actions[to]) notices.push(noticeOf(topic, alarm, transition, stack));
    transitions.splice(0, transitions.length - mostKept);
    notices.splice(0, notices.length - mostKept);
    return true;
  };

  const judge = (kept: Kept<MetricAlarm>, at: number) => {
    const { alarm, state } = kept;
    const { periodSeconds, evaluationPeriods, watched, breaches, comparison } = alarm;
    const length = periodSeconds * 1000;
    const from = at - (evaluationPeriods + furtherBack) * length;
    const [series = new Map<number, number>()] =
      alarm.evaluate(metrics, { from, to: at, periodSeconds }).get(watched) ?? [];
    const values: (number | undefined)[] = [];
    for (let start = from; start < at; start += length) values.push(series.get(start));
    const points = values.map((value) => (value === undefined ? undefined : breaches(value)));
    const to = verdictOf(points, alarm, state);
    if (to === state) return;
    const newest = values.filter((value) => value !== undefined).slice(-evaluationPeriods);
    const shown = newest.map((value) => Number(value.toPrecision(4))).join(', ');
    const count = newest.filter(breaches).length;
    change(
      kept,
      to,
      newest.length === 0
        ? 'There are no data points.'
        : `${count} of the last ${newest.length} data points (${shown}) ${count === 1 ? 'is' : 'are'} ${comparison}.`,
      at,
    );
  };

  const combine = (at: number): boolean =>
    composites
      .map((kept) => {
        const { rule } = kept.alarm;
        const stateOf = (named: string) => find(named)?.state ?? 'INSUFFICIENT_DATA';
        const holds = rule.holds(stateOf);
        const raised = rule.alarms.flatMap((named) =>
          stateOf(named) === 'ALARM' ? (find(named)?.alarm.name ?? []) : [],
        );
        const reason =
          raised.length > 0 ? `In alarm: ${raised.join(', ')}.` : 'None of its alarms is in alarm.';
        return change(kept, holds ? 'ALARM' : 'OK', reason, at);
      })
      .some(Boolean);

  return {
    list: () => [...ofMetrics.map(shown('metric')), ...composites.map(shown('composite'))],
    stateOf: (name) => {
      const found = find(name);
      if (!found)
        throw new Error(
          `The template has no alarm ${name}: it has ${all.map(({ alarm }) => alarm.name).join(', ')}`,
        );
      return found.state;
    },
    history: () => [...transitions],
    notices: () => [...notices],
    evaluate: (at) => {
      for (const kept of ofMetrics) judge(kept, at);
      // One composite may ask another; a circle of them comes to its end here, too.
      for (let round = 0; round <= composites.length && combine(at); round += 1);
    },
  };
}

const shown =
  (kind: Alarm['kind']) =>
  ({ alarm, state, reason, since }: Kept<AlarmBase & { queries?: readonly Query[] }>): Alarm => {
    const { name, arn, description, queries = [] } = alarm;
    return { name, arn, description, kind, state, reason, since, queries };
  };

function compositeOf(resource: Resource): AlarmBase & { rule: AlarmRule } {
  try {
    return { ...alarmBaseOf(resource), rule: parseRule(text(resource.properties, 'AlarmRule') ?? '') };
  } catch (error) {
    if (error instanceof NotEvaluated) throw new UnsupportedResource(resource, error.message);
    throw error;
  }
}
