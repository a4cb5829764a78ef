import type { FailurePlace } from '../../../local/console/shapes/failures.ts';
import { Empty, Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { ago, number } from '../../parts/text.ts';
import { useData, useRuntimeNow } from '../../shell/data.ts';
import { pathTo, useRoute } from '../../shell/router.ts';
import { Chaos } from './chaos.tsx';
import { PlaceView } from './place-view.tsx';

export function FailuresPage() {
  const { path } = useRoute();
  const now = useRuntimeNow();
  const { data: places } = useData<FailurePlace[]>('/failures', [
    'attempts',
    'invocations',
    'consumers',
    'calls',
    'changes',
  ]);
  const chosen =
    places?.find(({ name }) => name === path[1]) ??
    places?.find(({ waiting, kind }) => waiting > 0 && kind !== 'queue');
  const waiting = places
    ?.filter(({ kind }) => kind !== 'queue')
    .reduce((sum, place) => sum + place.waiting, 0);
  return (
    <>
      <div class="page-head">
        <h1>Failures</h1>
        <p class="muted">
          {waiting === undefined
            ? ''
            : waiting === 0
              ? 'Nothing waits to be redriven.'
              : `${number(waiting)} wait to be redriven.`}
        </p>
      </div>
      <div class="failures">
        <div>
          <Panel title="Where failures are kept" flush>
            <table>
              <thead>
                <tr>
                  <th>Place</th>
                  <th>Of</th>
                  <th class="number">Waiting</th>
                  <th>Oldest, causes</th>
                </tr>
              </thead>
              <tbody>
                {places?.map((place) => (
                  <Row key={place.name} place={place} chosen={chosen?.name} now={now} />
                ))}
              </tbody>
            </table>
          </Panel>
          {chosen ? (
            <PlaceView key={chosen.name} place={chosen} now={now} />
          ) : (
            <Panel>
              <Empty title="No dead letter">
                <p>Switch a fault on, create an order, and move time on: then look here again.</p>
              </Empty>
            </Panel>
          )}
        </div>
        <Chaos />
      </div>
    </>
  );
}

function Row({ place, chosen, now }: { place: FailurePlace; chosen: string | undefined; now: number }) {
  const { name, kind, owners, waiting, oldest, causes } = place;
  const bad = waiting > 0 && kind !== 'queue';
  return (
    <tr class={name === chosen ? 'chosen' : ''}>
      <td>
        <a href={pathTo('failures', name)}>{kind === 'bucket' ? 'failure store' : name}</a>
        <div class="note">{kind === 'bucket' ? name : kind}</div>
      </td>
      <td>{owners.join(', ').replaceAll(/\/aws\/\w+\//g, '')}</td>
      <td class="number">{bad ? <Badge state="failed">{number(waiting)}</Badge> : number(waiting)}</td>
      <td>
        {oldest !== null && <div class="note">{ago(oldest, now)}</div>}
        {causes.map(({ value, count }) => (
          <div key={value} class="note">
            {number(count)} × {value}
          </div>
        ))}
      </td>
    </tr>
  );
}
