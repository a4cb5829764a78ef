import type { BusService } from '../bus/service.ts';
import type { BusEvent } from '../bus/state.ts';
import { isRecord, text } from '../properties.ts';
import type { Trace } from '../trace/trace.ts';
import { fieldsOf, problemsOf } from './contract.ts';
import { Declined, type ApiRequest, type ApiRoutes } from './console.ts';
import { outcomeOf, rowOf, type EventIndex, type Head } from './event-index.ts';
import { counted, limitIn } from './lists.ts';
import type { Delivery, EventDetail, EventList } from './shapes/events.ts';
import { verdictsOf } from './verdicts.ts';

export interface EventParts {
  bus: BusService;
  events: EventIndex;
  trace: Trace;
}

export const eventRoutes = (parts: EventParts): ApiRoutes => ({
  'GET /events': ({ query }) => listed(query, parts),
  'GET /events/{key}': ({ parameters }) => detailOf(found(parameters, parts), parts),
  'POST /events': (request) => publish(request, parts),
  'POST /events/{key}/resend': async (request) => {
    const { event } = found(request.parameters, parts);
    const rule = isRecord(request.body) ? text(request.body, 'rule') : undefined;
    if (rule === undefined) throw new Declined(400, 'Name the rule: {"rule": "..."}');
    if (!parts.bus.rules.find(event.bus, rule))
      throw new Declined(404, `There is no rule ${rule} on ${event.bus}.`);
    const sent = await parts.bus.resend(event, rule);
    if (sent) return { key: sent.key };
    const verdict = verdictsOf(parts.bus.rules, event.bus, event.json).find((each) => each.rule === rule);
    const why = verdict?.reason ?? 'it is disabled, or fires by the clock';
    throw new Declined(409, `The rule ${rule} does not take this event: ${why}.`);
  },
});

function found({ key = '' }: Record<string, string>, { events }: EventParts): Head {
  const head = events.find(key);
  if (!head) throw new Declined(404, 'The bus no longer holds this event.');
  return head;
}

/** Newest first. `newest` holds the list still while it is looked at: later events are not in it. */
function listed(query: URLSearchParams, { bus, events }: EventParts): EventList {
  const heads = events.heads();
  const newest = Number(query.get('newest') ?? bus.total());
  const passes = filterOf(query);
  const matching = heads.filter((head) => head.place < newest && passes(head)).reverse();
  const offset = Math.max(0, Number(query.get('offset') ?? 0));
  const facet = (values: (head: Head) => readonly string[]) => counted(heads.flatMap(values));
  return {
    rows: matching.slice(offset, offset + limitIn(query)).map(rowOf),
    offset,
    matching: matching.length,
    held: heads.length,
    total: bus.total(),
    newest,
    facets: {
      types: facet(({ type }) => [type]),
      sources: facet(({ source }) => [source]),
      states: facet(({ event }) => [outcomeOf(event).state]),
      marks: facet(({ marks }) => marks),
    },
  };
}

function filterOf(query: URLSearchParams): (head: Head) => boolean {
  const [type, source, state, mark, order, words] = ['type', 'source', 'state', 'mark', 'order', 'text'].map(
    (name) => query.get(name) || undefined,
  );
  const [minute, after] = ['from', 'to'].map((name) => Number(query.get(name) ?? NaN));
  return (head) =>
    (type === undefined || head.type === type) &&
    (source === undefined || head.source === source) &&
    (state === undefined || outcomeOf(head.event).state === state) &&
    (mark === undefined || head.marks.some((each) => each === mark)) &&
    (order === undefined || head.orderId === order || `${head.customerId}/${head.orderId}` === order) &&
    !(head.event.acceptedAt < (minute ?? NaN)) &&
    !(head.event.acceptedAt >= (after ?? NaN)) &&
    (words === undefined || head.event.json.toLowerCase().includes(words.toLowerCase()));
}

function detailOf(head: Head, { bus, events, trace }: EventParts): EventDetail {
  const { event, eventId } = head;
  const envelope = JSON.parse(event.json) as Record<string, unknown>;
  return {
    ...rowOf(head),
    json: JSON.stringify(envelope, null, 2),
    problems: problemsOf(envelope),
    fields: fieldsOf(envelope),
    verdicts: verdictsOf(bus.rules, event.bus, event.json),
    deliveries: deliveriesOf(event, bus, trace),
    copies: events
      .heads()
      .filter((other) => other !== head && eventId !== null && other.eventId === eventId)
      .map(({ event: { key, acceptedAt }, marks }) => ({ key, at: acceptedAt, marks })),
  };
}

function deliveriesOf(event: BusEvent, { rules }: BusService, { attempts }: Trace): Delivery[] {
  const all =
    event.deliveries.length === 0 ? [] : attempts.items().filter((each) => each.event === event.key);
  return event.deliveries.map(({ rule, target, state, attempts: count, error = null }) => {
    const own = all.filter((each) => each.rule === rule && each.target === target);
    return {
      rule,
      target,
      arn: rules.find(event.bus, rule)?.targets.find(({ id }) => id === target)?.arn ?? target,
      state,
      error,
      attempts: own.map(({ attempt, at, outcome, error: why = null, nextAt = null }) => ({
        attempt,
        at,
        outcome,
        error: why,
        nextAt,
      })),
      forgotten: count - own.length,
    };
  });
}

/** As PutEvents takes it, one entry. */
async function publish({ body }: ApiRequest, { bus }: EventParts) {
  if (!isRecord(body)) throw new Declined(400, 'Send {"bus", "source", "type", "detail"}.');
  const { detail } = body;
  const Detail = typeof detail === 'string' ? detail : JSON.stringify(detail ?? {});
  const [EventBusName, Source, DetailType] = ['bus', 'source', 'type'].map((name) => text(body, name) ?? '');
  if (!bus.rules.hasBus(EventBusName ?? '')) throw new Declined(404, `There is no bus ${EventBusName}.`);
  const { Entries } = await bus.putEvents([{ EventBusName, Source, DetailType, Detail }] as never);
  const [entry] = Entries;
  if (!entry || 'ErrorCode' in entry) {
    throw new Declined(400, entry ? `${entry.ErrorCode}: ${entry.ErrorMessage}` : 'No answer');
  }
  return { id: entry.EventId };
}
