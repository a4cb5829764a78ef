import { useEffect } from 'preact/hooks';
import type { MetricsPage as Page, Widget } from '../../../local/console/shapes/metrics.ts';
import { Empty, Panel } from '../../parts/panel.tsx';
import { useData } from '../../shell/data.ts';
import { navigate, pathTo, useRoute, withQuery } from '../../shell/router.ts';
import { Alarms, AlarmStates } from './alarms.tsx';
import { Chart } from './chart.tsx';

/** Each time all widgets are evaluated: not at every event. */
const refreshMs = 5_000;

const ranges = [
  [15, '15 min'],
  [60, '1 h'],
  [180, '3 h'],
  [720, '12 h'],
  [1_440, '24 h'],
] as const;

/** The dashboard that the template deploys, with the same widgets under the same names. */
export default function MetricsPage() {
  const { query } = useRoute();
  const minutes = query.get('minutes') ?? '60';
  const { data, reload } = useData<Page>(`/metrics?minutes=${minutes}`, ['changes']);
  useEffect(() => {
    const timer = setInterval(reload, refreshMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <div class="page-head">
        <h1>Metrics</h1>
        <p class="muted">
          The dashboard and the alarms of the template, as CloudWatch will have them. Click a minute for its
          events.
        </p>
        <div class="actions">
          <div class="tabs" role="group" aria-label="Time range">
            {ranges.map(([each, label]) => (
              <a
                key={each}
                href={withQuery(query, { minutes: String(each) })}
                aria-current={String(each) === minutes ? 'true' : undefined}
              >
                {label}
              </a>
            ))}
          </div>
        </div>
      </div>
      {data && <Alarms of={data.alarms} times={data.times} now={data.to} />}
      {data?.dashboards.length === 0 && (
        <Panel>
          <Empty title="The template has no dashboard" />
        </Panel>
      )}
      {data?.dashboards.map(({ name, widgets }) => (
        <section key={name} class="dashboard" aria-label={`Dashboard ${name}`}>
          {widgets.map((widget) => (
            <div key={`${widget.x} ${widget.y}`} style={{ gridColumn: `span ${widget.width}` }}>
              <Shown widget={widget} page={data} />
            </div>
          ))}
        </section>
      ))}
    </>
  );
}

function Shown({ widget, page }: { widget: Widget; page: Page }) {
  const { times, periodSeconds } = page;
  const toEvents = (at: number) => navigate(`${pathTo('events')}?from=${at}&to=${at + periodSeconds * 1000}`);
  switch (widget.kind) {
    case 'heading':
      return <h2 class="dashboard-heading">{widget.markdown.replaceAll(/^#+\s*/gm, '')}</h2>;
    case 'graph':
      return (
        <Panel>
          <Chart
            title={widget.title}
            times={times}
            series={widget.series}
            lines={widget.lines}
            onMinute={toEvents}
          />
        </Panel>
      );
    case 'value':
      return (
        <Panel>
          <h3>{widget.title}</h3>
          {widget.series.map(({ label, values }) => (
            <p key={label} class="single">
              {values.filter((value) => value !== null).at(-1) ?? '–'} <span class="note">{label}</span>
            </p>
          ))}
        </Panel>
      );
    case 'alarms':
      return (
        <Panel title={widget.title}>
          <AlarmStates of={page.alarms.filter(({ name }) => widget.alarms.includes(name))} />
        </Panel>
      );
    case 'unknown':
      return (
        <Panel>
          <p class="muted">A widget of the type {widget.type}, which is not drawn here.</p>
        </Panel>
      );
  }
}
