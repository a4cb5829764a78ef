import { useEffect, useState } from 'preact/hooks';
import type {
  FailurePlace,
  Letter,
  LetterPage,
  Redrive,
  RedrivePlan,
} from '../../../local/console/shapes/failures.ts';
import { Code } from '../../parts/code.tsx';
import { Empty, Facts, Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { dayTime, duration, number } from '../../parts/text.ts';
import { ApiError, get, post } from '../../shell/api.ts';
import { useData } from '../../shell/data.ts';
import { useNews } from '../../shell/live.ts';
import { pathTo, setQuery, useRoute } from '../../shell/router.ts';

/** What one place keeps, and the way to send it again. */
export function PlaceView({ place, now }: { place: FailurePlace; now: number }) {
  const path = `/failures/${encodeURIComponent(place.name)}`;
  const { data } = useData<LetterPage>(`${path}?limit=100`, [
    'attempts',
    'invocations',
    'consumers',
    'calls',
    'changes',
  ]);
  const open = useRoute().query.get('letter');
  return (
    <>
      {place.kind !== 'queue' && <RedrivePanel place={place} path={path} />}
      <Panel title={place.kind === 'queue' ? `Messages in ${place.name}` : `Letters in ${place.name}`} flush>
        {data?.total === 0 && <Empty title="It is empty." />}
        <ul class="letters">
          {data?.letters.map((letter) => (
            <li key={letter.id}>
              <button
                type="button"
                class="plain"
                aria-expanded={open === letter.id}
                onClick={() => setQuery({ letter: open === letter.id ? null : letter.id }, { replace: true })}
              >
                {dayTime(letter.at, now)}
              </button>{' '}
              <span class={place.kind === 'queue' ? 'muted' : ''}>
                {place.kind === 'queue' ? firstWords(letter.body) : letter.error}
              </span>
              {open === letter.id && <LetterView letter={letter} now={now} />}
            </li>
          ))}
        </ul>
        {data && data.total > data.letters.length && (
          <p class="note padded">
            The first {data.letters.length} of {number(data.total)}. All:{' '}
            <code>/_console/api{path}?offset=100</code>
          </p>
        )}
      </Panel>
    </>
  );
}

const firstWords = (body: string) => /"detail-type":"([^"]+)"/.exec(body)?.[1] ?? body.slice(0, 80);

const LetterView = ({ letter, now }: { letter: Letter; now: number }) => {
  const { id, attempts, destination, obstacle, eventId, body, expiresAt } = letter;
  const left = expiresAt === null ? undefined : expiresAt - now;
  return (
    <div class="stack letter">
      <Facts
        of={[
          { label: 'Id', value: <span class="mono">{id}</span> },
          { label: 'Was going to', value: destination },
          ...(attempts === null ? [] : [{ label: 'Attempts', value: number(attempts) }]),
          ...(eventId === null
            ? []
            : [
                {
                  label: 'Event id',
                  value: (
                    <a class="mono" href={pathTo('journey', eventId)}>
                      {eventId}
                    </a>
                  ),
                },
              ]),
          ...(obstacle === null
            ? []
            : [{ label: 'Cannot be sent', value: <span class="error-text">{obstacle}</span> }]),
          ...(left === undefined
            ? []
            : [
                {
                  label: 'In the stream',
                  value: left > 0 ? `for ${duration(left)} more` : 'no longer: this is the only copy',
                },
              ]),
        ]}
      />
      <Code text={body} />
    </div>
  );
};

/** First what would happen, then the doing of it. */
function RedrivePanel({ place, path }: { place: FailurePlace; path: string }) {
  const [plan, setPlan] = useState<RedrivePlan>();
  const [redrive, setRedrive] = useState<Redrive>();
  const [error, setError] = useState('');
  const news = useNews(['changes']);
  useEffect(() => {
    if (redrive?.state === 'running') void get<Redrive>(`/redrives/${redrive.id}`).then(setRedrive);
  }, [news, redrive?.id]);
  const say = (failure: unknown) => setError(failure instanceof ApiError ? failure.message : String(failure));
  const ask = () => void post<RedrivePlan>(`${path}/redrive`, { dryRun: true }).then(setPlan, say);
  const begin = () => {
    setPlan(undefined);
    void post<Redrive>(`${path}/redrive`, {}).then(setRedrive, say);
  };
  return (
    <Panel
      title={`Redrive ${place.name}`}
      actions={
        <button type="button" onClick={ask} disabled={place.waiting === 0}>
          Dry run
        </button>
      }
    >
      <div class="stack">
        {!plan && !redrive && (
          <p class="muted">A dry run says what would be sent where. Nothing is sent before you say so.</p>
        )}
        {error !== '' && (
          <p class="error-text" role="alert">
            {error}
          </p>
        )}
        {plan && (
          <div class="stack">
            <ul class="plan">
              {plan.destinations.map(({ value, count }) => (
                <li key={value}>
                  {number(count)} to {value}
                </li>
              ))}
              {plan.obstacles.map(({ value, count }) => (
                <li key={value} class="error-text">
                  {number(count)} stay: {value}
                </li>
              ))}
            </ul>
            <button type="button" class="primary" disabled={plan.total === 0} onClick={begin}>
              Redrive {number(plan.total)}
            </button>
          </div>
        )}
        {redrive && <Progress of={redrive} />}
      </div>
    </Panel>
  );
}

function Progress({ of: { state, total, redelivered, failed, results } }: { of: Redrive }) {
  const done = redelivered + failed;
  return (
    <div role="status">
      <progress value={done} max={Math.max(total, 1)} aria-label="Redriven" />
      <p>
        <Badge state={state === 'running' ? 'waiting' : failed > 0 ? 'failed' : 'ok'}>
          {state === 'running' ? 'Under way' : 'Done'}
        </Badge>{' '}
        {number(redelivered)} redelivered, {number(failed)} failed, of {number(total)}
      </p>
      {results
        .filter(({ error }) => error !== null)
        .slice(0, 5)
        .map(({ id, error }) => (
          <p key={id} class="error-text">
            {id}: {error}
          </p>
        ))}
    </div>
  );
}
