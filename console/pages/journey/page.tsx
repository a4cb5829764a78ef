import type { EventList } from '../../../local/console/shapes/events.ts';
import type { Chain, Journey } from '../../../local/console/shapes/journey.ts';
import type { Topic } from '../../../local/console/shapes/status.ts';
import { Code } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Empty, Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { dayTime } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { pathTo, setQuery, useRoute, withQuery } from '../../shell/router.ts';
import { Compact } from './compact.tsx';
import { ChainLines, StepDetail } from './step-detail.tsx';
import { Timeline } from './timeline.tsx';

const topics: readonly Topic[] = [
  'requests',
  'invocations',
  'calls',
  'batches',
  'attempts',
  'consumers',
  'records',
  'events',
];
const views = ['timeline', 'compact', 'json'] as const;

export function JourneyPage() {
  const { path, query } = useRoute();
  const id = path[1];
  const all = query.get('chains') === 'all' ? '?chains=all' : '';
  const { data, error } = useData<Journey>(id && `/journey/${encodeURIComponent(id)}${all}`, topics);
  if (id === undefined) return <Start />;
  if (error) {
    return (
      <Empty title={error.message}>
        <p>
          Copy an id from <a href={pathTo('events')}>an event</a>, <a href={pathTo('logs')}>a log line</a> or
          an answer's <code>x-correlation-id</code>, and open it above.
        </p>
      </Empty>
    );
  }
  if (data?.id !== id) return <p class="muted">Looking for {id} …</p>;
  const view = views.find((each) => each === query.get('view')) ?? 'timeline';
  return (
    <>
      <div class="page-head">
        <h1>{data.title}</h1>
        {data.kind === 'order' && <CustomersOf journey={data} />}
        <div class="actions">
          <div class="tabs" role="group" aria-label="View">
            {views.map((each) => (
              <a
                key={each}
                href={withQuery(query, { view: each })}
                aria-current={each === view ? 'true' : undefined}
              >
                {each === 'json' ? 'JSON' : `${each.charAt(0).toUpperCase()}${each.slice(1)}`}
              </a>
            ))}
          </div>
        </div>
      </div>
      {data.more > 0 && (
        <p class="note">
          {data.more} older changes are not shown. <a href={withQuery(query, { chains: 'all' })}>Show all</a>
        </p>
      )}
      {view === 'json' ? (
        <Panel title="As the API answers it" actions={<CopyButton text={JSON.stringify(data, null, 2)} />}>
          <Code text={JSON.stringify(data, null, 2)} />
        </Panel>
      ) : (
        [...data.chains]
          .reverse()
          .map((chain, place) => (
            <ChainPanel
              key={`${chain.correlationId} ${chain.at}`}
              chain={chain}
              view={view}
              first={place === 0}
            />
          ))
      )}
    </>
  );
}

const CustomersOf = ({ journey: { orders } }: { journey: Journey }) => (
  <span class="muted">
    of{' '}
    {orders.map(({ customerId, orderId }) => (
      <a key={customerId} href={pathTo('orders', customerId, orderId)}>
        {customerId}{' '}
      </a>
    ))}
  </span>
);

function ChainPanel({ chain, view, first }: { chain: Chain; view: 'timeline' | 'compact'; first: boolean }) {
  const { query } = useRoute();
  const asked = query.get('step') ?? undefined;
  const usual = first ? chain.steps.find(({ kind }) => kind === 'event')?.key : undefined;
  const chosen = chain.steps.find(({ key }) => key === (asked ?? usual));
  const choice = {
    chosen: chosen?.key,
    choose: (key: string) => setQuery({ step: key }, { replace: true }),
  };
  return (
    <Panel
      flush
      title={
        <>
          {chain.title} <Badge state={chain.state}>{chain.summary}</Badge>
        </>
      }
      actions={
        <span class="note">
          {dayTime(chain.at, Date.now())}
          {chain.correlationId !== null && (
            <>
              {', correlation '}
              <a class="mono" href={pathTo('journey', chain.correlationId)}>
                {chain.correlationId}
              </a>
            </>
          )}
        </span>
      }
    >
      <div class={chosen ? 'chain with-detail' : 'chain'}>
        <div>
          {view === 'timeline' ? (
            <Timeline chain={chain} {...choice} />
          ) : (
            <Compact chain={chain} {...choice} />
          )}
          <ChainLines chain={chain} />
        </div>
        {chosen && <StepDetail step={chosen} start={chain.at} />}
      </div>
    </Panel>
  );
}

function Start() {
  const { data } = useData<EventList>('/events?limit=20', ['events']);
  const orders = [
    ...new Map(
      data?.rows.filter(({ orderId }) => orderId !== null).map((row) => [row.orderId, row]),
    ).values(),
  ];
  return (
    <>
      <div class="page-head">
        <h1>Journey</h1>
        <p class="muted">
          One id opens everything about it: order, event, correlation, request or stream record.
        </p>
      </div>
      <Panel title="Newest orders">
        {orders.length === 0 ? (
          <Empty title="No order has changed yet">
            <p>
              <a href={pathTo('orders')}>Create an order</a> and follow it to its subscribers.
            </p>
          </Empty>
        ) : (
          <ul class="links">
            {orders.map(({ key, customerId, orderId, type, at }) => (
              <li key={key}>
                <a href={pathTo('journey', `${customerId ?? ''}/${orderId ?? ''}`)}>{orderId}</a>{' '}
                <span class="muted">
                  {type}, {dayTime(at, Date.now())}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
