import { useEffect, useState } from 'preact/hooks';
import type { EventList } from '../../../local/console/shapes/events.ts';
import type { RuleInfo, RuleTrial } from '../../../local/console/shapes/rules.ts';
import { Code } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { clockTime } from '../../parts/text.ts';
import { Clauses } from '../../parts/verdicts.tsx';
import { ApiError, get, post } from '../../shell/api.ts';
import { useData } from '../../shell/data.ts';
import { useNews } from '../../shell/live.ts';
import { navigate, pathTo, setQuery, useRoute } from '../../shell/router.ts';
import { Backtest } from './backtest.tsx';

const quietMs = 200;

/** A pattern, an event, and what the one says of the other; both are in the address. */
export function Sandbox({ rule }: { rule: RuleInfo }) {
  const { query } = useRoute();
  const pattern = query.get('pattern') ?? (rule.pattern === null ? '{}' : tidy(rule.pattern));
  const { data: newest } = useData<EventList>('/events?limit=50', ['events']);
  const chosen = query.get('event') ?? newest?.rows[0]?.key;
  const [event, setEvent] = useState('');
  useEffect(() => {
    if (chosen === undefined) return;
    void get<{ json: string }>(`/events/${chosen}`).then(
      ({ json }) => setEvent(json),
      () => setEvent(''),
    );
  }, [chosen]);
  const { trial, error } = useTrial(pattern, rule.bus, event);
  const edited = query.has('pattern');
  const { verdict = null, problems = [], hints = [], backtest = null, snippet = null } = trial ?? {};

  return (
    <div class="stack">
      <div class="sandbox">
        <Panel
          title="Pattern"
          actions={
            edited && (
              <button type="button" class="small" onClick={() => setQuery({ pattern: null })}>
                Back to the template's
              </button>
            )
          }
        >
          <textarea
            rows={14}
            aria-label="Pattern, as JSON"
            value={pattern}
            spellcheck={false}
            onInput={({ currentTarget: { value } }) => setPattern(value)}
          />
          {[
            ...problems.map(({ path, reason }) => `${path}: ${reason}`),
            ...(error === '' ? [] : [error]),
          ].map((words) => (
            <p key={words} class="error-text" role="alert">
              {words}
            </p>
          ))}
          {hints.map((words) => (
            <p key={words} class="retrying" role="note">
              {words}
            </p>
          ))}
        </Panel>
        <Panel
          title={
            <>
              Explanation{' '}
              {verdict && (
                <Badge state={verdict.matched ? 'ok' : 'failed'}>
                  {verdict.matched ? 'Matches' : 'No match'}
                </Badge>
              )}
            </>
          }
        >
          {verdict ? (
            <div class="stack">
              {verdict.reason !== null && <p class="why">because {verdict.reason}</p>}
              <Clauses of={verdict.clauses} />
            </div>
          ) : (
            <p class="muted">
              {problems.length > 0 ? 'The pattern is not valid.' : 'Choose or paste an event.'}
            </p>
          )}
        </Panel>
        <Panel
          title="Event"
          actions={
            newest && newest.rows.length > 0 ? (
              <select
                aria-label="Event to try it on"
                value={chosen}
                onChange={({ currentTarget: { value } }) => setQuery({ event: value })}
              >
                {newest.rows.map(({ key, type, orderId, at }) => (
                  <option key={key} value={key}>
                    {clockTime(at)} {type} {orderId}
                  </option>
                ))}
              </select>
            ) : undefined
          }
        >
          <textarea
            rows={14}
            aria-label="Event, as JSON"
            value={event}
            placeholder="Paste an event, or create an order to have one"
            spellcheck={false}
            onInput={({ currentTarget: { value } }) => setEvent(value)}
          />
        </Panel>
        <div>
          {backtest && <Backtest of={backtest} />}
          {snippet !== null && (
            <Panel title="To ship it" actions={<CopyButton text={snippet} label="Copy CDK" />}>
              <Code text={snippet} />
            </Panel>
          )}
        </div>
      </div>
      <Panel title={`Rule ${rule.name}`}>
        <Facts
          of={[
            { label: 'Bus', value: rule.bus },
            ...(rule.schedule === null ? [] : [{ label: 'Schedule', value: rule.schedule }]),
            ...rule.targets.map(({ id, name, deadLetters }) => ({
              label: 'Target',
              value: (
                <>
                  {name} <span class="muted">({id})</span>
                  {deadLetters !== null && (
                    <>
                      , dead letters in <a href={pathTo('failures', deadLetters)}>{deadLetters}</a>
                    </>
                  )}
                </>
              ),
            })),
          ]}
        />
      </Panel>
    </div>
  );
}

/** An empty one too: left out, it would be the rule's own again. */
function setPattern(pattern: string): void {
  const query = new URLSearchParams(location.search);
  query.set('pattern', pattern);
  navigate(`${location.pathname}?${query.toString()}`, { replace: true });
}

/** With lists of values on one line: a pattern is read more often than it is long. */
const tidy = (pattern: string): string =>
  JSON.stringify(JSON.parse(pattern), null, 2).replaceAll(
    /\[\s+([^[\]]*?)\s+\]/g,
    (_, inner: string) => `[${inner.replaceAll(/\s+/g, ' ')}]`,
  );

/** Tried a moment after the last key, and again when there are more events to try it on. */
function useTrial(
  pattern: string,
  bus: string,
  event: string,
): { trial: RuleTrial | undefined; error: string } {
  const [trial, setTrial] = useState<RuleTrial>();
  const [error, setError] = useState('');
  const news = useNews(['events']);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      post<RuleTrial>('/rules/try', { pattern, bus, ...(event !== '' && { event }) }).then(
        (answer) => {
          if (!current) return;
          setTrial(answer);
          setError('');
        },
        (failure: unknown) =>
          current && setError(failure instanceof ApiError ? failure.message : String(failure)),
      );
    }, quietMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [pattern, bus, event, news]);
  return { trial, error };
}
