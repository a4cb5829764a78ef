import { ORDER_EVENT_TYPES, SCHEMA_VERSION } from '../../packages/order-events/src/names.ts';
import type { OrderEventType } from '../../packages/order-events/src/types.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import { type Difference, differences } from './differences.ts';
import { isLater, type Release } from './released.ts';

export interface EventDifference extends Difference {
  type: OrderEventType;
}

export interface Check {
  differences: EventDifference[];
  /** Why it must not be released so; undefined where it may. */
  refusal?: string;
}

type Schemas = Release['schemas'];

const differencesOf = (before: Schemas, after: Schemas): EventDifference[] => {
  const types = [...new Set([...Object.keys(before), ...Object.keys(after)])] as OrderEventType[];
  return types.flatMap((type): EventDifference[] => {
    const [old, new_] = [before[type], after[type]];
    if (!new_) return [{ type, path: '', effect: 'breaking', what: 'the event is gone' }];
    if (!old) return [{ type, path: '', effect: 'minor', what: 'the event is new' }];
    return differences(old, new_).map((difference) => ({ type, ...difference }));
  });
};

export const currentSchemas = (): Schemas =>
  Object.fromEntries(ORDER_EVENT_TYPES.map((type) => [type, jsonSchemaOf(type, 'draft-2020-12')]));

const next = (version: string): string => version.replace(/\d+$/, (minor) => String(Number(minor) + 1));

/** Whether subscribers of the last release can live with what would be released now. */
export const check = (
  last: Pick<Release, 'version' | 'schemas'>,
  now: Pick<Release, 'version' | 'schemas'> = { version: SCHEMA_VERSION, schemas: currentSchemas() },
): Check => {
  const found = differencesOf(last.schemas, now.schemas);
  const breaking = found.filter(({ effect }) => effect === 'breaking');
  const isMinor = found.some(({ effect }) => effect === 'minor');
  if (breaking.length > 0) {
    const refusal = `${breaking.length} differences break whoever subscribed to ${last.version}. Say it in a new field or event, and leave the old one as it is.`;
    return { differences: found, refusal };
  }
  if (isMinor && !isLater(now.version, last.version)) {
    const refusal = `Subscribers get more than ${last.version} told them: raise SCHEMA_VERSION in packages/order-events/src/names.ts to ${next(last.version)}.`;
    return { differences: found, refusal };
  }
  return { differences: found };
};
