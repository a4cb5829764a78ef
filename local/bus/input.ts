import { record, text, type Properties } from '../properties.ts';
import { jsonPath } from './json-path.ts';

/** What a target gets of the event. */
export type TargetInput =
  | { kind: 'event' }
  | { kind: 'constant'; json: string }
  | { kind: 'path'; path: string }
  | { kind: 'template'; paths: Record<string, string>; template: string };

export interface InputContext {
  ruleName: string;
  ruleArn: string;
  /** When the bus took the event, in milliseconds. */
  ingestedAt: number;
}

export function parseInput(target: Properties): TargetInput {
  const constant = text(target, 'Input');
  if (constant !== undefined) return { kind: 'constant', json: constant };
  const path = text(target, 'InputPath');
  if (path !== undefined) return { kind: 'path', path };
  const transformer = record(target, 'InputTransformer');
  if (!transformer) return { kind: 'event' };
  return {
    kind: 'template',
    paths: (record(transformer, 'InputPathsMap') ?? {}) as Record<string, string>,
    template: text(transformer, 'InputTemplate') ?? '',
  };
}

export function targetInput(input: TargetInput, eventJson: string, context: InputContext): string {
  switch (input.kind) {
    case 'event':
      return eventJson;
    case 'constant':
      return input.json;
    case 'path':
      return JSON.stringify(jsonPath(JSON.parse(eventJson), input.path) ?? null);
    case 'template':
      return fill(input.template, variables(input.paths, eventJson, context));
  }
}

function variables(paths: Record<string, string>, eventJson: string, context: InputContext) {
  const event = JSON.parse(eventJson) as Properties;
  const { detail: _, ...withoutDetail } = event;
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': new Date(context.ingestedAt).toISOString(),
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(paths)) values[name] = jsonPath(event, path);
  return values;
}

/** As the service does it: what is put between quotes is not escaped, and what is absent leaves nothing there. */
function fill(template: string, values: Record<string, unknown>): string {
  let filled = '';
  let quoted = false;
  for (const [token] of template.matchAll(/\\.|"|<[^<>\s]+>|[^\\"<]+|[\\<]/gs)) {
    if (token === '"') quoted = !quoted;
    const name = /^<(.+)>$/.exec(token)?.[1];
    filled += name !== undefined && name in values ? inserted(values[name], quoted) : token;
  }
  return filled;
}

function inserted(value: unknown, quoted: boolean): string {
  if (value === undefined) return quoted ? '' : '""';
  if (!quoted) return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
