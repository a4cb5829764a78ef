import type { Resource, Stack } from '../parts.ts';
import {
  nameInArn,
  numeric,
  record,
  records,
  text,
  UnsupportedResource,
  type Properties,
} from '../properties.ts';
import { parseInput, type TargetInput } from './input.ts';
import { InvalidSchedule, timetableOf } from './schedule-expression.ts';
import { beyondLimits } from './target-limits.ts';

export interface Target {
  id: string;
  arn: string;
  /** As the template or PutTargets gave it. */
  declaration: Properties;
  input: TargetInput;
  maxRetries: number;
  maxAgeMs: number;
  deadLetterArn?: string;
  /** Which EventBridge takes on to call it; without it, it calls as itself. */
  roleArn?: string;
}

export interface Rule {
  name: string;
  bus: string;
  arn: string;
  /** JSON text. */
  pattern?: string;
  /** Of one that fires by the clock, `rate(...)` or `cron(...)`. */
  schedule?: string;
  enabled: boolean;
  targets: Target[];
  /** From the template; a rule that is not was put through the API. */
  declared: boolean;
}

const defaultRetries = 185;
const defaultAgeSeconds = 24 * 60 * 60;

export function readBuses(stack: Stack): string[] {
  return ['default', ...stack.ofType('AWS::Events::EventBus').map(({ arn }) => nameInArn(arn))];
}

export const busName = (nameOrArn: string | undefined): string =>
  nameOrArn ? nameInArn(nameOrArn) : 'default';

export const ruleArn = ({ region, accountId }: Stack, bus: string, name: string): string =>
  `arn:aws:events:${region}:${accountId}:rule/${bus === 'default' ? '' : `${bus}/`}${name}`;

export const busArn = ({ region, accountId }: Stack, bus: string): string =>
  `arn:aws:events:${region}:${accountId}:event-bus/${bus}`;

export const readRules = (stack: Stack): Rule[] => stack.ofType('AWS::Events::Rule').map(readRule);

function readRule(resource: Resource): Rule {
  const { properties, arn } = resource;
  const pattern = properties['EventPattern'];
  const schedule = text(properties, 'ScheduleExpression');
  const bus = busName(text(properties, 'EventBusName'));
  if (pattern === undefined && schedule === undefined)
    throw new UnsupportedResource(resource, 'it has neither an event pattern nor a schedule');
  if (schedule !== undefined) checkSchedule(resource, schedule, bus);
  const targets = records(properties, 'Targets');
  const beyond = targets.map(beyondLimits).find((words) => words !== undefined);
  if (beyond !== undefined) throw new UnsupportedResource(resource, beyond);
  return {
    name: nameInArn(arn),
    bus,
    arn,
    ...(pattern !== undefined && {
      pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
    }),
    ...(schedule !== undefined && { schedule }),
    enabled: text(properties, 'State') !== 'DISABLED',
    targets: targets.map(parseTarget),
    declared: true,
  };
}

function checkSchedule(resource: Resource, schedule: string, bus: string): void {
  if (bus !== 'default') throw new UnsupportedResource(resource, 'only the default bus has scheduled rules');
  try {
    timetableOf(schedule);
  } catch (error) {
    if (!(error instanceof InvalidSchedule)) throw error;
    throw new UnsupportedResource(resource, `its schedule cannot be run: ${error.message}`);
  }
}

/** A target as CloudFormation and PutTargets both write it. */
export function parseTarget(target: Properties): Target {
  const retry = record(target, 'RetryPolicy') ?? {};
  const deadLetterArn = text(record(target, 'DeadLetterConfig') ?? {}, 'Arn');
  const roleArn = text(target, 'RoleArn');
  return {
    id: text(target, 'Id') ?? '',
    arn: text(target, 'Arn') ?? '',
    declaration: target,
    input: parseInput(target),
    maxRetries: numeric(retry, 'MaximumRetryAttempts') ?? defaultRetries,
    maxAgeMs: (numeric(retry, 'MaximumEventAgeInSeconds') ?? defaultAgeSeconds) * 1000,
    ...(deadLetterArn && { deadLetterArn }),
    ...(roleArn && { roleArn }),
  };
}
