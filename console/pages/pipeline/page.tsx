import type { EventList } from '../../../local/console/shapes/events.ts';
import type { Pipeline } from '../../../local/console/shapes/pipeline.ts';
import type { Topic } from '../../../local/console/shapes/status.ts';
import { Command } from '../../parts/copy.tsx';
import { Empty, Panel } from '../../parts/panel.tsx';
import { Badge, Sign } from '../../parts/sign.tsx';
import { dayTime, shortId } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { pathTo } from '../../shell/router.ts';
import { Graph } from './graph.tsx';

const topics: readonly Topic[] = [
  'requests',
  'invocations',
  'calls',
  'batches',
  'attempts',
  'consumers',
  'events',
  'changes',
];

export function PipelinePage() {
  const { data } = useData<Pipeline>('/pipeline', topics);
  const recent = useData<EventList>('/events?limit=8', ['events', 'attempts']);
  const troubled = data?.nodes.filter(({ trouble }) => trouble !== '') ?? [];
  return (
    <>
      <div class="page-head">
        <h1>Pipeline</h1>
        <p class="muted">Drawn from the template that you deploy. Each box is a link.</p>
        <div class="actions">
          <a class="button" href={pathTo('orders')}>
            Create an order
          </a>
        </div>
      </div>
      <Panel flush>
        <div class="graph-frame" tabIndex={0} aria-label="Pipeline picture, scrolls sideways" role="region">
          {data && <Graph pipeline={data} />}
        </div>
      </Panel>
      <div class="columns overview">
        <Panel title="Newest events" flush actions={<a href={pathTo('events')}>All events</a>}>
          {recent.data && <Recent list={recent.data} />}
        </Panel>
        <Panel title="What is not well" actions={<a href={pathTo('failures')}>Failures</a>}>
          {troubled.length === 0 ? (
            <p class="muted">
              <Sign state="ok" label="" /> Nothing failed in the last minute, and no dead letter waits.
            </p>
          ) : (
            <ul class="troubles">
              {troubled.map(({ id, kind, name, trouble }) => (
                <li key={id}>
                  <Sign state="failed" />
                  <span>
                    <b>{name}</b> <span class="muted">{kind}</span>
                    <br />
                    {trouble}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </>
  );
}

function Recent({ list }: { list: EventList }) {
  if (list.rows.length === 0) {
    return (
      <Empty title="No event yet">
        <p>
          <a href={pathTo('orders')}>Create an order</a>, or load the example ones:
        </p>
        <Command text="npm start -- --seed" />
      </Empty>
    );
  }
  return (
    <table>
      <thead>
        <tr>
          <th>Time</th>
          <th>Event</th>
          <th>Order</th>
          <th>Deliveries</th>
        </tr>
      </thead>
      <tbody>
        {list.rows.map(({ key, at, type, orderId, customerId, state, outcome }) => (
          <tr key={key}>
            <td class="nowrap mono">{dayTime(at, Date.now())}</td>
            <td>
              <a href={pathTo('events', key)}>{type}</a>
            </td>
            <td>
              {orderId === null ? (
                <span class="muted">none</span>
              ) : (
                <a href={pathTo('journey', `${customerId ?? ''}/${orderId}`)} title={orderId}>
                  {shortId(orderId)}
                </a>
              )}
            </td>
            <td class="nowrap">
              <Badge state={state}>{outcome}</Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
