import { lane, step, type ChainParts, type Stage } from './step.ts';
import type { Material } from './journey-material.ts';
import { verdictsOf } from './verdicts.ts';

/** From PutEvents to the rules. */
export function eventSteps({ calls, events }: Material, { bus }: ChainParts): Stage {
  const published = calls
    .filter(({ service }) => service === 'events')
    .map(({ at, ms, caller, resource, entries, error }) => {
      const refused = entries.flatMap((entry) => entry.error ?? []);
      const [why = ''] = error === undefined ? refused : [error];
      return step({
        key: `publish ${at} ${caller} ${entries[0]?.eventId ?? ''}`,
        kind: 'publish',
        lane: lane('bus', resource),
        at,
        ms,
        title: `PutEvents of ${entries.length} by ${caller}`,
        state: why === '' ? 'ok' : 'failed',
        note: why,
      });
    });
  const accepted = events.map(({ event, type, eventId, id, marks }) => {
    const verdicts = verdictsOf(bus.rules, event.bus, event.json);
    const matched = verdicts.filter((verdict) => verdict.matched && verdict.enabled).length;
    return step({
      key: `event ${event.key}`,
      kind: 'event',
      lane: lane('bus', event.bus),
      at: event.acceptedAt,
      title: marks.length > 0 ? `${type} (${marks.join(', ')})` : type,
      state: event.deliveries.length === 0 ? 'quiet' : 'ok',
      note: `${matched} of ${verdicts.length} rules match`,
      facts: [
        { label: 'Envelope id', value: id, journey: true },
        ...(eventId === null ? [] : [{ label: 'Event id', value: eventId, journey: true }]),
        { label: 'Event', value: type, event: event.key },
      ],
      verdicts,
      payload: [{ label: 'Event', text: JSON.stringify(JSON.parse(event.json), null, 2) }],
    });
  });
  return { steps: [...published, ...accepted], gaps: [] };
}
