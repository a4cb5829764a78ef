import { isRecord, type Properties } from '../properties.ts';
import { compileConditions, type Holds } from './conditions.ts';
import { compilePrincipal, type Means } from './principals.ts';
import type { Refuse } from './refusal.ts';
import { arnPattern, wildcard, type Fits } from './wildcards.ts';

export interface Statement {
  allows: boolean;
  concerns: (action: string, resource: string) => boolean;
  /** Whom a policy on a resource is about; one of a role is about the role. */
  means: Means;
  holds: Holds;
}

/** A policy is attached to a role, to a resource, or says who may take on a role, which is then its resource. */
export type Attached = 'to a role' | 'to a resource' | 'as trust';

const version = '2012-10-17';
const elements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

/** The statements of a policy document, an object or its JSON; refuses what it does not know. */
export function compileDocument(given: unknown, attached: Attached, refuse: Refuse): Statement[] {
  const document = typeof given === 'string' ? parsed(given) : given;
  if (!isRecord(document)) return refuse('its document is not an object');
  for (const name of Object.keys(document)) {
    if (!['Version', 'Id', 'Statement'].includes(name))
      refuse(`the local runtime does not know the policy element ${name}`);
  }
  if (document['Version'] !== version) refuse(`its Version is not ${version}`);
  const statements: unknown = document['Statement'];
  return (Array.isArray(statements) ? statements : [statements]).map((statement: unknown) =>
    isRecord(statement)
      ? compileStatement(statement, attached, refuse)
      : refuse('a statement is not an object'),
  );
}

export function compileStatement(statement: Properties, attached: Attached, refuse: Refuse): Statement {
  for (const name of Object.keys(statement)) {
    if (!elements.has(name)) refuse(`the local runtime does not know the policy element ${name}`);
  }
  const { Effect, Principal } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') refuse('a statement has an Effect other than Allow and Deny');
  if (attached === 'to a role' && Principal !== undefined)
    refuse('a statement of a policy that is attached to a role has a Principal');
  const allows = Effect === 'Allow';
  const action = either(statement, 'Action', actionPattern, refuse);
  const resource =
    attached === 'as trust' ? () => true : either(statement, 'Resource', resourcePattern, refuse);
  return {
    allows,
    concerns: (asked, on) => action(asked.toLowerCase()) && resource(on),
    means: attached === 'to a role' ? () => 'by name' : compilePrincipal(Principal, refuse),
    holds: compileConditions(statement['Condition'], allows, refuse),
  };
}

/** Action or NotAction, Resource or NotResource. */
function either(
  statement: Properties,
  name: 'Action' | 'Resource',
  compile: (text: string, refuse: Refuse) => Fits,
  refuse: Refuse,
): Fits {
  const [given, negated] = [statement[name], statement[`Not${name}`]];
  if ((given === undefined) === (negated === undefined))
    return refuse(`a statement needs one of ${name} and Not${name}`);
  const texts: unknown[] = [given ?? negated].flat();
  if (texts.length === 0) return refuse(`a statement has an empty list for its ${name}`);
  const patterns = texts.map((text) =>
    typeof text === 'string' ? compile(text, refuse) : refuse(`a statement has no text for its ${name}`),
  );
  return (asked) => patterns.some((fits) => fits(asked)) === (negated === undefined);
}

const actionPattern = (text: string, refuse: Refuse): Fits =>
  text === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(text)
    ? wildcard(text.toLowerCase())
    : refuse(`"${text}" is no action`);

function resourcePattern(text: string, refuse: Refuse): Fits {
  if (text.includes('${')) return refuse(`the local runtime does not know the variable in "${text}"`);
  if (text === '*') return () => true;
  return arnPattern(text) ?? refuse(`"${text}" is no ARN`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
