import { explain } from 'event-pattern';
import * as z from 'zod/mini';
import { EVENTS } from '../contract/event.ts';
import { misnamed } from '../known-fields.ts';
import { EVENT_SOURCE, ORDER_EVENT_TYPES } from '../names.ts';
import type { OrderEventType } from '../types.ts';
import { canMeet, type Alternative } from './alternatives.ts';
import { inWords, leavesAt, type Schema } from './leaves.ts';

type Field = [path: string, alternatives: Alternative[]];
type Reading = { type: OrderEventType; schema: Schema; unmet: Field[] };

/**
 * Why a rule with this pattern would never match an event of orders that this release knows, whatever happens to an
 * order: a field that no event has, or a value that none has there. Undefined where it may match.
 *
 * @throws InvalidPatternError for a pattern that EventBridge would refuse.
 */
export function whyUnreachable(
  pattern: unknown,
  { source = EVENT_SOURCE }: { source?: string } = {},
): string | undefined {
  const readings = branchesOf(pattern).map((fields) =>
    ORDER_EVENT_TYPES.map((type): Reading => {
      const schema = schemaOf(type, source);
      return { type, schema, unmet: fields.filter((field) => !isMeetable(field, schema)) };
    }),
  );
  const [nearest] = readings.flat().sort(byDistance);
  if (!nearest || nearest.unmet.length === 0) return undefined;
  // The other types that the pattern speaks of, to say what holds for all of them.
  const ofBranch = readings.find((ofTypes) => ofTypes.includes(nearest)) ?? [nearest];
  const spokenOf = ofBranch.filter((reading) => isOfAskedType(reading) === isOfAskedType(nearest));
  return nearest.unmet.map((field) => reason(field, nearest, spokenOf)).join('; ');
}

const isMeetable = ([path, alternatives]: Field, schema: Schema): boolean => {
  const leaves = leavesAt(schema, path.split('.'));
  return alternatives.some((alternative) => canMeet(alternative, leaves));
};

const isOfAskedType = ({ unmet }: Reading): boolean => unmet.every(([path]) => path !== 'detail-type');
const distance = (reading: Reading): number => reading.unmet.length + (isOfAskedType(reading) ? 0 : 1_000);
const byDistance = (a: Reading, b: Reading): number => distance(a) - distance(b);

/** Each way through `$or`, as the fields that must all be met. */
function branchesOf(pattern: unknown): Field[][] {
  const branches = new Map<number, Map<string, Alternative[]>>();
  for (const { branch, path, operator, expected } of explain(pattern, {}).clauses) {
    const fields = branches.get(branch) ?? new Map<string, Alternative[]>();
    branches.set(branch, fields);
    fields.set(path, [...(fields.get(path) ?? []), { operator, expected }]);
  }
  return [...branches.values()].map((fields) => [...fields]);
}

const schemas = new Map<OrderEventType, Schema>();

function schemaOf(type: OrderEventType, source: string): Schema {
  const schema = schemas.get(type) ?? (z.toJSONSchema(EVENTS[type]) as Schema);
  schemas.set(type, schema);
  return { ...schema, properties: { ...schema.properties, source: { type: 'string', const: source } } };
}

function reason(field: Field, nearest: Reading, spokenOf: readonly Reading[]): string {
  const [path, alternatives] = field;
  const wanted = alternatives
    .map(
      ({ operator, expected }) => `${operator === 'equals' ? '' : `${operator} `}${JSON.stringify(expected)}`,
    )
    .join(' or ');
  const isOfAll = spokenOf.length > 1 && spokenOf.every(({ schema }) => !isMeetable(field, schema));
  const schemasAsked = isOfAll ? spokenOf.map(({ schema }) => schema) : [nearest.schema];
  const leaves = schemasAsked.flatMap((schema) => leavesAt(schema, path.split('.')).schemas);
  if (leaves.length > 0) {
    return `${path} is ${inWords(leaves)}${isOfAll ? '' : ` in ${nearest.type}`}, wanted ${wanted}`;
  }
  return misnamed(path) ?? `no ${nearest.type} has ${path}`;
}
