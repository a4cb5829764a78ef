import {
  compile,
  InvalidPatternError,
  RuleSet,
  type Matcher,
} from '../../packages/event-pattern/src/index.ts';
import type { Resource, Stack } from '../parts.ts';
import { nameInArn, numeric, text, UnsupportedResource, type Properties } from '../properties.ts';
import { busName, readBuses, readRules, type Rule } from './rules.ts';

export interface Archive {
  name: string;
  arn: string;
  bus: string;
  /** Kept for ever without it. */
  retentionDays?: number;
  /** JSON text, as the template gave it. An archive without one keeps every event. */
  pattern?: string;
  keeps: Matcher;
}

/** The rules of the template and those put through the API, by bus. */
export interface RuleBook {
  hasBus(name: string): boolean;
  buses(): readonly string[];
  rules(bus: string): readonly Rule[];
  find(bus: string, name: string): Rule | undefined;
  put(rule: Rule): void;
  delete(bus: string, name: string): void;
  /** The enabled rules whose pattern the event matches. */
  matching(bus: string, eventJson: string): Rule[];
  archives: readonly Archive[];
  archivesFor(bus: string, eventJson: string): string[];
}

/** Throws for a rule or archive with an invalid pattern, naming it. */
export function createRuleBook(stack: Stack): RuleBook {
  const buses = readBuses(stack);
  const rules = new Map(buses.map((bus) => [bus, new Map<string, Rule>()]));
  const compiled = new Map<string, RuleSet>();
  const archives = stack.ofType('AWS::Events::Archive').map(readArchive);

  for (const resource of stack.ofType('AWS::Events::Rule')) {
    const pattern = resource.properties['EventPattern'];
    if (pattern !== undefined) compiledPattern(resource, pattern);
  }
  for (const rule of readRules(stack)) rules.get(rule.bus)?.set(rule.name, rule);

  const ruleSet = (bus: string): RuleSet => {
    const known = compiled.get(bus);
    if (known) return known;
    const set = new RuleSet();
    for (const { name, enabled, pattern } of rules.get(bus)?.values() ?? []) {
      if (enabled && pattern !== undefined) set.add(name, pattern);
    }
    compiled.set(bus, set);
    return set;
  };

  return {
    archives,
    hasBus: (name) => rules.has(name),
    buses: () => buses,
    rules: (bus) => [...(rules.get(bus)?.values() ?? [])],
    find: (bus, name) => rules.get(bus)?.get(name),
    put: (rule) => {
      rules.get(rule.bus)?.set(rule.name, rule);
      compiled.delete(rule.bus);
    },
    delete: (bus, name) => {
      rules.get(bus)?.delete(name);
      compiled.delete(bus);
    },
    matching: (bus, eventJson) =>
      ruleSet(bus)
        .match(eventJson)
        .flatMap((name) => rules.get(bus)?.get(name) ?? []),
    archivesFor: (bus, eventJson) =>
      archives
        .filter((archive) => archive.bus === bus && archive.keeps.matches(eventJson))
        .map(({ name }) => name),
  };
}

function readArchive(resource: Resource): Archive {
  const { properties, arn } = resource;
  const given = properties['EventPattern'];
  if (given !== undefined) compiledPattern(resource, given);
  const pattern = (typeof given === 'string' ? JSON.parse(given) : (given ?? {})) as Properties;
  const days = numeric(properties, 'RetentionDays') ?? 0;
  return {
    name: nameInArn(arn),
    arn,
    bus: busName(text(properties, 'SourceArn')),
    // As the rule that EventBridge makes for an archive: what is replayed is not archived again.
    keeps: compile({ ...pattern, 'replay-name': [{ exists: false }] }),
    ...(days > 0 && { retentionDays: days }),
    ...(given !== undefined && { pattern: JSON.stringify(pattern) }),
  };
}

function compiledPattern(resource: Resource, pattern: unknown): Matcher {
  try {
    return compile(pattern);
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw new UnsupportedResource(resource, `its event pattern is not valid: ${error.message}`);
  }
}
