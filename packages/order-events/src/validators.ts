import { EVENTS } from './contract/event.ts';
import { InvalidOrderEventError, type Issue } from './contract/invalid-order-event-error.ts';
import { message, shown } from './contract/messages.ts';
import { ORDER_EVENT_TYPES } from './names.ts';
import type { OrderEventEnvelope, OrderEventEnvelopeOf, OrderEventType } from './types.ts';

export { InvalidOrderEventError, type Issue } from './contract/invalid-order-event-error.ts';

/**
 * Says whether something is an event of orders; also a Standard Schema (https://standardschema.dev). What passes is
 * returned as it is: unknown fields and values of later releases included.
 */
export interface EventValidator<Event> {
  /** @throws InvalidOrderEventError with each field that is wrong, and what it should be. */
  parse(input: unknown): Event;
  safeParse(
    input: unknown,
  ): { success: true; data: Event } | { success: false; error: InvalidOrderEventError };
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'order-events';
    readonly validate: (value: unknown) => { value: Event } | { issues: readonly Issue[] };
    readonly types?: { readonly input: Event; readonly output: Event };
  };
}

const isKnown = (type: unknown): type is OrderEventType =>
  (ORDER_EVENT_TYPES as readonly unknown[]).includes(type);

const typeOf = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'detail-type' in input ? input['detail-type'] : undefined;

const issuesOf = (input: unknown, types: readonly OrderEventType[]): Issue[] => {
  const type = typeOf(input);
  if (type === undefined) {
    return [
      {
        path: [],
        message: `wanted an event with detail-type, as a rule's target gets it, got ${shown(input)}`,
      },
    ];
  }
  if (!isKnown(type)) {
    return [{ path: ['detail-type'], message: `this release knows no event ${shown(type)}` }];
  }
  if (!types.includes(type)) {
    return [{ path: ['detail-type'], message: `wanted ${types.join(' or ')}, got ${type}` }];
  }
  const { success, error } = EVENTS[type].safeParse(input, { error: message });
  return success ? [] : error.issues.map(({ path, message }) => ({ path, message }));
};

const validatorOf = <Event>(types: readonly OrderEventType[]): EventValidator<Event> => {
  const safeParse: EventValidator<Event>['safeParse'] = (input) => {
    const issues = issuesOf(input, types);
    return issues.length === 0
      ? { success: true, data: input as Event }
      : { success: false, error: new InvalidOrderEventError(issues) };
  };
  return {
    safeParse,
    parse: (input) => {
      const result = safeParse(input);
      if (result.success) return result.data;
      throw result.error;
    },
    '~standard': {
      version: 1,
      vendor: 'order-events',
      validate: (value) => {
        const issues = issuesOf(value, types);
        return issues.length === 0 ? { value: value as Event } : { issues };
      },
    },
  };
};

/** Any of the events that this release knows. */
export const orderEvent: EventValidator<OrderEventEnvelope> = validatorOf(ORDER_EVENT_TYPES);

/** Events of one type. */
export const orderEventOf = <Type extends OrderEventType>(
  type: Type,
): EventValidator<OrderEventEnvelopeOf<Type>> => validatorOf([type]);
