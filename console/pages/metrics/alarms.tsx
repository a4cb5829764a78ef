import { useState } from 'preact/hooks';
import type { AlarmInfo } from '../../../local/console/shapes/metrics.ts';
import type { State } from '../../../local/console/shapes/pipeline.ts';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { ago } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { setQuery, useRoute } from '../../shell/router.ts';
import { Chart } from './chart.tsx';

const states: Record<AlarmInfo['state'], State> = { OK: 'ok', ALARM: 'failed', INSUFFICIENT_DATA: 'quiet' };
const words: Record<AlarmInfo['state'], string> = {
  OK: 'OK',
  ALARM: 'In alarm',
  INSUFFICIENT_DATA: 'No data',
};
const rank = ({ state }: AlarmInfo) => ['ALARM', 'INSUFFICIENT_DATA', 'OK'].indexOf(state);

export const AlarmStates = ({ of }: { of: readonly AlarmInfo[] }) => (
  <ul class="alarm-states">
    {of.map(({ name, state }) => (
      <li key={name}>
        <Badge state={states[state]}>{words[state]}</Badge> {name}
      </li>
    ))}
  </ul>
);

/** The alarms of the template, those that are raised first; one opened shows its series against its threshold. */
export function Alarms({
  of,
  times,
  now,
}: {
  of: readonly AlarmInfo[];
  times: readonly number[];
  now: number;
}) {
  const chosen = useRoute().query.get('alarm');
  const isSeen = ({ name, state }: AlarmInfo) => state === 'ALARM' || name === chosen;
  const seen = of.filter(isSeen);
  const others = of.filter((alarm) => !isSeen(alarm)).sort((a, b) => rank(a) - rank(b));
  const raised = of.filter(({ state }) => state === 'ALARM').length;
  const list = (alarms: readonly AlarmInfo[]) => (
    <ul class="alarms">
      {alarms.map((alarm) => (
        <Row key={alarm.name} alarm={alarm} chosen={chosen} times={times} now={now} />
      ))}
    </ul>
  );
  return (
    <Panel flush title={raised === 0 ? 'No alarm is raised' : `${raised} of ${of.length} alarms raised`}>
      {seen.length > 0 && list(seen)}
      {others.length > 0 && (
        <details class="quiet-alarms">
          <summary>{others.length} that are not</summary>
          {list(others)}
        </details>
      )}
    </Panel>
  );
}

const Row = ({
  alarm,
  chosen,
  times,
  now,
}: {
  alarm: AlarmInfo;
  chosen: string | null;
  times: readonly number[];
  now: number;
}) => (
  <li>
    <button
      type="button"
      class="plain"
      aria-expanded={alarm.name === chosen}
      onClick={() => setQuery({ alarm: alarm.name === chosen ? null : alarm.name }, { replace: true })}
    >
      <Badge state={states[alarm.state]}>{words[alarm.state]}</Badge>
      <span>{alarm.name}</span>
      <span class="note cut">{alarm.condition}</span>
    </button>
    {alarm.name === chosen && <Opened alarm={alarm} times={times} now={now} />}
  </li>
);

function Opened({ alarm, times, now }: { alarm: AlarmInfo; times: readonly number[]; now: number }) {
  const { description, condition, threshold, reason, since, runbook, series } = alarm;
  const [read, setRead] = useState(false);
  return (
    <div class="alarm">
      <Facts
        of={[
          { label: 'What it means', value: description },
          { label: 'Raised when', value: condition },
          { label: 'State', value: `${reason} Since ${ago(since, now)}.` },
          ...(runbook === null
            ? []
            : [
                {
                  label: 'Runbook',
                  value: (
                    <button type="button" class="plain" aria-expanded={read} onClick={() => setRead(!read)}>
                      docs/runbooks/{runbook}
                    </button>
                  ),
                },
              ]),
        ]}
      />
      {series && threshold !== null && (
        <Chart
          title={series.label}
          times={times}
          series={[series]}
          lines={[{ value: threshold, label: 'threshold' }]}
          onMinute={() => undefined}
        />
      )}
      {read && runbook !== null && <Runbook name={runbook} />}
    </div>
  );
}

const Runbook = ({ name }: { name: string }) => {
  const { data } = useData<{ markdown: string }>(`/runbooks/${name}`);
  return (
    <pre class="code" tabIndex={0}>
      {data?.markdown}
    </pre>
  );
};
