import { compile, InvalidPatternError, validate } from '../../packages/event-pattern/src/index.ts';
import type { BusService } from '../bus/service.ts';
import type { Rule } from '../bus/rules.ts';
import { isRecord, nameInArn, text } from '../properties.ts';
import type { Trace } from '../trace/trace.ts';
import { hintsOn } from './contract.ts';
import { Declined, type ApiRequest, type ApiRoutes } from './console.ts';
import type { EventIndex } from './event-index.ts';
import type { RuleInfo, RuleTrial } from './shapes/rules.ts';
import { snippetOf } from './snippet.ts';
import { explained } from './verdicts.ts';

export interface RuleParts {
  bus: BusService;
  events: EventIndex;
  trace: Trace;
}

const backtested = 500;

/** The rules of the buses, and a place to try patterns: nothing tried here becomes a rule. */
export const ruleRoutes = (parts: RuleParts): ApiRoutes => ({
  'GET /rules': () => {
    const { bus, trace } = parts;
    const flows = trace.rates.flows();
    return bus.rules.buses().flatMap((name) =>
      bus.rules.rules(name).map((rule) => {
        const matched = flows.find(({ from, to }) => from === name && to === rule.name)?.total ?? 0;
        return infoOf(rule, matched);
      }),
    );
  },
  'POST /rules/try': (request) => tried(request, parts),
});

const infoOf = (rule: Rule, matched: number): RuleInfo => ({
  name: rule.name,
  bus: rule.bus,
  pattern: rule.pattern ?? null,
  schedule: rule.schedule ?? null,
  enabled: rule.enabled,
  declared: rule.declared,
  targets: rule.targets.map(({ id, arn, deadLetterArn }) => ({
    id,
    arn,
    name: nameInArn(arn.replace(/:\*$/, '')),
    deadLetters: deadLetterArn === undefined ? null : nameInArn(deadLetterArn),
  })),
  matched,
});

/** A pattern on one event, and on the newest that the bus took. */
function tried({ body }: ApiRequest, { bus, events }: RuleParts): RuleTrial {
  if (!isRecord(body))
    throw new Declined(400, 'Send {"pattern", "bus", "event"}: texts, the event may be left out.');
  const [pattern, busName, event] = ['pattern', 'bus', 'event'].map((name) => text(body, name));
  if (pattern === undefined || busName === undefined || !bus.rules.hasBus(busName)) {
    throw new Declined(400, 'Send a "pattern" as JSON text, and the name of its "bus".');
  }
  const problems = problemsOf(pattern);
  if (problems.length > 0) return { problems, hints: [], verdict: null, backtest: null, snippet: null };
  const matcher = compile(pattern);
  const parsed = JSON.parse(pattern) as Record<string, unknown>;
  const of = events.heads().filter((head) => head.event.bus === busName);
  const about = { rule: 'this pattern', pattern, bus: busName, enabled: true };
  const strip = of.slice(-backtested).map(({ event: { key, acceptedAt, json } }) => ({
    key,
    at: acceptedAt,
    matched: matcher.matches(json),
  }));
  return {
    problems: [],
    hints: hintsOn(parsed),
    verdict: event === undefined ? null : { ...about, ...explained(matcher.explain(event)) },
    backtest: { matched: strip.filter(({ matched }) => matched).length, of: strip.length, strip },
    snippet: snippetOf(parsed, busName),
  };
}

function problemsOf(pattern: string): RuleTrial['problems'] {
  try {
    return [...validate(pattern)];
  } catch (error) {
    return [{ path: '$', reason: error instanceof InvalidPatternError ? error.reason : String(error) }];
  }
}
