import { numeric, record, text, type Properties } from '../properties.ts';

const retries = { least: 0, most: 185 };
const ageSeconds = { least: 60, most: 86_400 };
const maxVariables = 100;
const maxText = 8_192;

/** What of a target EventBridge would refuse, in a sentence; undefined for one that it takes. */
export function beyondLimits(target: Properties): string | undefined {
  const words = faultOf(target);
  return words === undefined ? undefined : `Target ${text(target, 'Id') ?? ''}: ${words}.`;
}

function faultOf(target: Properties): string | undefined {
  const policy = record(target, 'RetryPolicy') ?? {};
  const letters = text(record(target, 'DeadLetterConfig') ?? {}, 'Arn');
  const inputs = ['Input', 'InputPath', 'InputTransformer'].filter((name) => target[name] !== undefined);
  const transformer = record(target, 'InputTransformer') ?? {};
  const variables = Object.keys(record(transformer, 'InputPathsMap') ?? {}).length;
  if (letters?.endsWith('.fifo'))
    return 'its dead-letter queue is a FIFO queue, which EventBridge does not send to';
  if (inputs.length > 1) return `only one of ${inputs.join(' and ')} can be given`;
  if (variables > maxVariables)
    return `its input transformer has ${variables} variables, at most ${maxVariables}`;
  for (const [name, given] of [
    ['InputTemplate', transformer],
    ['Input', target],
  ] as const) {
    const { length } = text(given, name) ?? '';
    if (length > maxText) return `${name} has ${length} characters, at most ${maxText}`;
  }
  return (
    outside(policy, 'MaximumRetryAttempts', retries) ??
    outside(policy, 'MaximumEventAgeInSeconds', ageSeconds)
  );
}

function outside(policy: Properties, name: string, { least, most }: { least: number; most: number }) {
  const value = numeric(policy, name);
  if (value === undefined || (value >= least && value <= most)) return undefined;
  return `${name} is from ${least} to ${most}, and is ${value}`;
}
