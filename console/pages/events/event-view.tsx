import { useState } from 'preact/hooks';
import type { Delivery, EventDetail } from '../../../local/console/shapes/events.ts';
import type { State } from '../../../local/console/shapes/pipeline.ts';
import { Facts } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { clockTime, dayTime } from '../../parts/text.ts';
import { Verdicts } from '../../parts/verdicts.tsx';
import { ApiError, post } from '../../shell/api.ts';
import { useData } from '../../shell/data.ts';
import { navigate, pathTo } from '../../shell/router.ts';
import { CopyAs } from './copy-as.tsx';
import { Payload } from './payload.tsx';
import { SendForm } from './send-form.tsx';

/** One event: what it says, what each rule says of it, and where it went. */
export function EventView({ eventKey }: { eventKey: string }) {
  const { data, error } = useData<EventDetail>(`/events/${eventKey}`, ['attempts', 'events', 'changes']);
  const [editing, setEditing] = useState(false);
  if (error) return <div class="detail error-text">{error.message}</div>;
  if (data?.key !== eventKey) return <div class="detail muted">Loading …</div>;
  const { type, state, outcome, marks, at, id, eventId, correlationId, customerId, orderId, bus, source } =
    data;
  return (
    <div class="detail stack" role="region" aria-label={`Event ${type}`}>
      <div class="detail-title">
        <b>{type}</b> <Badge state={state}>{outcome}</Badge>
        {marks.map((mark) => (
          <span key={mark} class={`tag ${mark}`}>
            {mark}
          </span>
        ))}
      </div>
      <div class="actions">
        <a class="button" href={pathTo('journey', id)}>
          Journey
        </a>
        <button type="button" onClick={() => setEditing(!editing)} aria-expanded={editing}>
          Edit and send
        </button>
        <CopyAs event={data} />
      </div>
      {editing && <SendForm from={data} close={() => setEditing(false)} />}
      <Facts
        of={[
          { label: 'Taken', value: dayTime(at, Date.now()) },
          { label: 'Bus, source', value: `${bus}, ${source}` },
          { label: 'Envelope id', value: <JourneyLink id={id} /> },
          ...(eventId === null ? [] : [{ label: 'Event id', value: <JourneyLink id={eventId} /> }]),
          ...(correlationId === null
            ? []
            : [{ label: 'Correlation', value: <JourneyLink id={correlationId} /> }]),
          ...(orderId === null
            ? []
            : [
                {
                  label: 'Order',
                  value: <JourneyLink id={`${customerId ?? ''}/${orderId}`} shown={orderId} />,
                },
              ]),
          ...data.copies.map((copy) => ({
            label: 'Same event',
            value: (
              <a href={pathTo('events', copy.key)}>
                {clockTime(copy.at)} {copy.marks.join(', ')}
              </a>
            ),
          })),
        ]}
      />
      <Verdicts of={data.verdicts} action={(rule) => <Resend eventKey={eventKey} rule={rule} />} />
      {data.deliveries.length > 0 && <Deliveries of={data.deliveries} />}
      <Payload event={data} />
    </div>
  );
}

const JourneyLink = ({ id, shown = id }: { id: string; shown?: string }) => (
  <a class="mono" href={pathTo('journey', id)}>
    {shown}
  </a>
);

function Resend({ eventKey, rule }: { eventKey: string; rule: string }) {
  const [said, setSaid] = useState('');
  const send = async () => {
    try {
      const { key } = await post<{ key: string }>(`/events/${eventKey}/resend`, { rule });
      setSaid('');
      navigate(pathTo('events', key));
    } catch (error) {
      setSaid(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <>
      <button type="button" class="small push" onClick={() => void send()} aria-label={`Resend to ${rule}`}>
        Resend
      </button>
      {said !== '' && (
        <p class="error-text wide" role="alert">
          {said}
        </p>
      )}
    </>
  );
}

const states: Record<Delivery['state'], State> = {
  pending: 'retrying',
  delivered: 'ok',
  'dead-lettered': 'failed',
  dropped: 'failed',
};

const Deliveries = ({ of }: { of: readonly Delivery[] }) => (
  <div>
    <h3>Deliveries</h3>
    <ul class="verdicts">
      {of.map(({ rule, target, arn, state, attempts, forgotten }) => (
        <li key={`${rule} ${target}`}>
          <div class="verdict-head">
            <span class="cut" title={arn}>
              {arn.slice(arn.lastIndexOf(':') + 1) || arn}
            </span>
            <Badge state={states[state]}>{state}</Badge>
            <span class="note">for {rule}</span>
          </div>
          {(attempts.length > 1 || attempts.some(({ error }) => error !== null)) && (
            <ol class="note">
              {forgotten > 0 && <li>{forgotten} earlier tries are no longer held</li>}
              {attempts.map(({ attempt, at, outcome, error, nextAt }) => (
                <li key={attempt}>
                  {clockTime(at)} try {attempt}: {error ?? outcome}
                  {nextAt !== null && `, next at ${clockTime(nextAt)}`}
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ul>
  </div>
);
