import type { Resource, Stack } from '../parts.ts';
import { nameInArn, record, records, text } from '../properties.ts';
import { tableIn } from '../trace/trace.ts';
import { writersIn } from './grants.ts';
import type { NodeKind } from './shapes/pipeline.ts';

export interface Box {
  id: string;
  kind: NodeKind;
  name: string;
  /** From the left. */
  column: number;
  /** Whom it belongs to, where it has no place of its own. */
  owners: string[];
}

export interface Arrow {
  from: string;
  to: string;
  label: string;
  /** How the trace's counts name both ends. */
  counted: { from: string; to: string };
}

export interface Picture {
  boxes: readonly Box[];
  arrows: readonly Arrow[];
}

const boxId = (kind: NodeKind, name: string): string => `${kind}:${name}`;

const columns = { source: 0, caller: 1, table: 2, reader: 3, bus: 4, rule: 5, target: 6 } as const;

/** The template as boxes and arrows: who invokes whom, who writes where, who is told. */
export function pictureOf(stack: Stack): Picture {
  const boxes = new Map<string, Box>();
  const arrows: Arrow[] = [];
  const box = (kind: NodeKind, name: string, column: number, owner?: string): string => {
    const id = boxId(kind, name);
    const known = boxes.get(id) ?? { id, kind, name, column, owners: [] };
    if (owner !== undefined && !known.owners.includes(owner)) known.owners.push(owner);
    boxes.set(id, known);
    return id;
  };
  const arrow = (from: string, to: string, label: string, counted: Arrow['counted']) => {
    if (!arrows.some((each) => each.from === from && each.to === to))
      arrows.push({ from, to, label, counted });
  };

  const functions = stack.ofType('AWS::Lambda::Function');
  const writtenBy = writersIn(stack);
  const functionOf = (given = '') => functions.find(({ ref, arn }) => given === ref || given.startsWith(arn));
  const mappings = stack.ofType('AWS::Lambda::EventSourceMapping');
  const streams = new Set(
    mappings.map(({ properties }) => tableIn(text(properties, 'EventSourceArn') ?? '')),
  );
  const readers = new Set(
    mappings.flatMap(({ properties }) => functionOf(text(properties, 'FunctionName'))?.ref ?? []),
  );
  const rules = stack.ofType('AWS::Events::Rule').map(ruleOf);
  const subscribers = new Set(
    rules
      .filter(({ byPattern }) => byPattern)
      .flatMap(({ targets }) => targets.flatMap(({ arn }) => functionOf(arn)?.ref ?? [])),
  );
  const functionBox = (name: string) => {
    const column = readers.has(name)
      ? columns.reader
      : subscribers.has(name)
        ? columns.target
        : columns.caller;
    return box('function', name, column);
  };

  for (const { properties } of stack.ofType('AWS::ApiGatewayV2::Integration')) {
    const uri = text(properties, 'IntegrationUri') ?? '';
    const called = functionOf(/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri);
    const api = box('api', 'HTTP API', columns.source);
    if (called) arrow(api, functionBox(called.ref), 'requests', { from: 'api', to: called.ref });
  }
  for (const rule of rules) {
    if (rule.byPattern) {
      const own = box('rule', rule.name, columns.rule);
      arrow(box('bus', rule.bus, columns.bus), own, 'events', { from: rule.bus, to: rule.name });
      for (const { id, arn, deadLetters } of rule.targets) {
        const target = functionOf(arn) ? functionBox(nameInArn(arn)) : box(...targetIn(arn), columns.target);
        arrow(own, target, 'deliveries', { from: rule.name, to: `${rule.name}/${id}` });
        if (deadLetters !== undefined)
          box('dead-letter queue', nameInArn(deadLetters), columns.target, target);
      }
    } else {
      const own = box('schedule', rule.name, columns.source);
      for (const { id, arn } of rule.targets) {
        const called = functionOf(arn);
        if (called)
          arrow(own, functionBox(called.ref), 'on schedule', { from: rule.name, to: `${rule.name}/${id}` });
      }
    }
  }
  for (const { ref } of functions) {
    const own = functionBox(ref);
    const isCalled = readers.has(ref) || arrows.some(({ to }) => to === own);
    const direct = { from: 'caller', to: ref };
    if (!isCalled) arrow(box('client', 'direct invocation', columns.source), own, 'invocations', direct);
  }
  for (const function_ of functions) {
    const own = functionBox(function_.ref);
    for (const written of writtenBy(function_)) {
      const { ref, arn, type } = written;
      if (type === 'AWS::Events::EventBus') {
        const name = nameInArn(arn);
        arrow(own, box('bus', name, columns.bus), 'events', { from: function_.ref, to: name });
      } else {
        const isKept = !streams.has(ref) && [...subscribers].some((name) => writes(name, ref));
        if (!isKept) arrow(own, box('table', ref, columns.table), 'writes', { from: function_.ref, to: ref });
        // What a subscriber keeps stands beside it, and others may keep their notes there.
        else if (subscribers.has(function_.ref)) box('table', ref, columns.target, own);
      }
    }
  }
  for (const { properties } of mappings) {
    const reader = functionOf(text(properties, 'FunctionName'));
    const table = tableIn(text(properties, 'EventSourceArn') ?? '');
    if (!reader) continue;
    const from = box('table', table, columns.table);
    const own = functionBox(reader.ref);
    arrow(from, own, 'stream records', { from: table, to: reader.ref });
    const onFailure = record(record(properties, 'DestinationConfig') ?? {}, 'OnFailure') ?? {};
    const kept = stack.byArn(text(onFailure, 'Destination') ?? '');
    if (kept?.type === 'AWS::S3::Bucket') box('bucket', kept.ref, columns.reader, own);
  }
  for (const { arn, properties } of stack.ofType('AWS::Events::Archive')) {
    const bus = nameInArn(text(properties, 'SourceArn') ?? '');
    box('archive', nameInArn(arn), columns.bus, boxId('bus', bus));
  }
  // What comes from the API stands above what is called by hand, and that above what the clock calls.
  const rankOf = ({ id, kind, name }: Box): number => {
    if (kind === 'table') return streams.has(name) ? 0 : 1;
    const source =
      kind === 'function' ? boxes.get(arrows.find(({ to }) => to === id)?.from ?? '') : undefined;
    return ['api', 'client', 'schedule'].indexOf(source?.kind ?? kind);
  };
  return {
    boxes: [...boxes.values()].sort((a, b) => a.column - b.column || rankOf(a) - rankOf(b)),
    arrows,
  };

  function writes(name: string, table: string): boolean {
    const function_ = functions.find(({ ref }) => ref === name);
    return function_ !== undefined && writtenBy(function_).some(({ ref }) => ref === table);
  }
}

function ruleOf({ arn, properties }: Resource) {
  return {
    name: nameInArn(arn),
    bus: nameInArn(text(properties, 'EventBusName') ?? 'default'),
    byPattern: properties['EventPattern'] !== undefined,
    targets: records(properties, 'Targets').map((target) => ({
      id: text(target, 'Id') ?? '',
      arn: text(target, 'Arn') ?? '',
      deadLetters: text(record(target, 'DeadLetterConfig') ?? {}, 'Arn'),
    })),
  };
}

function targetIn(arn: string): [kind: NodeKind, name: string] {
  const [, , service] = arn.split(':');
  if (service === 'sqs') return ['queue', nameInArn(arn)];
  if (service === 'events') return ['bus', nameInArn(arn)];
  return ['log group', arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '')];
}
