import { useState } from 'preact/hooks';
import type { EventList, EventRow } from '../../../local/console/shapes/events.ts';
import { Command } from '../../parts/copy.tsx';
import { Empty } from '../../parts/panel.tsx';
import { Sign } from '../../parts/sign.tsx';
import { dayTime, number, shortId } from '../../parts/text.ts';
import { useWindow, VirtualList } from '../../parts/virtual-list.tsx';
import { useData } from '../../shell/data.ts';
import { navigate, pathTo, useRoute } from '../../shell/router.ts';
import { EventView } from './event-view.tsx';
import { filterNames, Filters } from './filters.tsx';
import { SendForm } from './send-form.tsx';

const rowHeight = 34;
const step = 50;
const fetched = 200;

export function EventsPage() {
  const { path, query } = useRoute();
  const chosen = path[1];
  const [shown, setShown] = useWindow();
  const [held, setHeld] = useState<number>();
  const [sending, setSending] = useState(false);

  const filters = new URLSearchParams();
  for (const name of filterNames) if (query.get(name)) filters.set(name, query.get(name) ?? '');
  const offset = Math.max(0, Math.floor(shown.first / step) * step - step);
  const list = new URLSearchParams(filters);
  list.set('offset', String(offset));
  list.set('limit', String(fetched));
  if (held !== undefined) list.set('newest', String(held));
  const { data } = useData<EventList>(`/events?${list.toString()}`, ['events', 'attempts']);

  // What is looked at stays where it is: who scrolls down sees later events only when he comes back.
  const look = (window: typeof shown) => {
    setShown(window);
    if (window.first > 0 && held === undefined && data) setHeld(data.newest);
    if (window.first === 0 && held !== undefined && !query.has('paused')) setHeld(undefined);
  };
  const rowAt = (index: number): EventRow | undefined => data?.rows[index - data.offset];
  const open = (key: string) => navigate(pathTo('events', key) + textOf(query), { replace: true });
  const later = data && held !== undefined ? data.total - held : 0;

  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !data) return;
    const at = data.rows.findIndex(({ key }) => key === chosen);
    const next = data.rows[at < 0 ? 0 : at + by];
    if (!next) return;
    event.preventDefault();
    open(next.key);
  };

  return (
    <div class="fill">
      <div class="page-head">
        <h1>Events</h1>
        {data && (
          <p class="muted" role="status">
            {number(data.matching)} of {number(data.held)} held, newest first
          </p>
        )}
        <div class="actions">
          {later > 0 && (
            <button type="button" onClick={() => document.querySelector('.virtual')?.scrollTo(0, 0)}>
              {number(later)} new, back to the top
            </button>
          )}
          <button
            type="button"
            aria-pressed={held !== undefined}
            onClick={() => setHeld(held === undefined ? data?.newest : undefined)}
          >
            {held === undefined ? 'Pause' : 'Go on'}
          </button>
          <button type="button" onClick={() => setSending(!sending)} aria-expanded={sending}>
            Send an event
          </button>
        </div>
      </div>
      <Filters facets={data?.facets} />
      {sending && <SendForm close={() => setSending(false)} />}
      {data?.held === 0 ? (
        <Empty title="The bus has taken no event yet">
          <p>
            <a href={pathTo('orders')}>Create an order</a>, or load the example ones:
          </p>
          <Command text="npm start -- --seed" />
        </Empty>
      ) : (
        <div class={chosen === undefined ? 'split' : 'split open'}>
          <div class="list" onKeyDown={move}>
            <div class="event-row head" aria-hidden="true">
              <span>Time</span>
              <span>Type</span>
              <span>Order</span>
              <span class="number">Version</span>
              <span>Deliveries</span>
              <span>Source</span>
            </div>
            <VirtualList
              total={data?.matching ?? 0}
              rowHeight={rowHeight}
              label="Events, newest first"
              window={shown}
              onWindow={look}
              row={(index) => <Row row={rowAt(index)} index={index} chosen={chosen} query={query} />}
            />
          </div>
          {chosen !== undefined && <EventView eventKey={chosen} />}
        </div>
      )}
    </div>
  );
}

const textOf = (query: URLSearchParams) => (query.size === 0 ? '' : `?${query.toString()}`);

function Row({
  row,
  index,
  chosen,
  query,
}: {
  row: EventRow | undefined;
  index: number;
  chosen: string | undefined;
  query: URLSearchParams;
}) {
  if (!row) return <div class="event-row" role="row" aria-rowindex={index + 1} />;
  const { key, at, type, orderId, sequence, state, outcome, marks, source } = row;
  return (
    <div class={key === chosen ? 'event-row chosen' : 'event-row'} role="row" aria-rowindex={index + 1}>
      <span role="cell" class="mono">
        {dayTime(at, Date.now())}
      </span>
      <span role="cell" class="cut">
        <a href={pathTo('events', key) + textOf(query)} aria-current={key === chosen ? 'true' : undefined}>
          {type}
        </a>
        {marks.map((mark) => (
          <span key={mark} class={`tag ${mark}`}>
            {mark}
          </span>
        ))}
      </span>
      <span role="cell" class="cut" title={orderId ?? ''}>
        {orderId === null ? '' : shortId(orderId)}
      </span>
      <span role="cell" class="number">
        {sequence}
      </span>
      <span role="cell" class={`cut ${state}`}>
        <Sign state={state} /> {outcome}
      </span>
      <span role="cell" class="cut muted">
        {source}
      </span>
    </div>
  );
}
