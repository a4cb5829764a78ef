import { useState } from 'preact/hooks';
import type { Count } from '../../../local/console/shapes/events.ts';
import type { LogEntry, LogPage } from '../../../local/console/shapes/logs.ts';
import { Code } from '../../parts/code.tsx';
import { Empty, Panel } from '../../parts/panel.tsx';
import { clockTime, number } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { navigate, pathTo, setQuery, useRoute, withQuery } from '../../shell/router.ts';

const names = ['group', 'level', 'message', 'kind', 'id', 'text', 'not', 'before'] as const;
const shownLines = 200;

export function LogsPage() {
  const { query } = useRoute();
  const [paused, setPaused] = useState(false);
  const asked = new URLSearchParams();
  for (const name of names) if (query.get(name)) asked.set(name, query.get(name) ?? '');
  const path = `/logs?${asked.toString()}&limit=${shownLines}`;
  // Paused, it is asked again only when the question is another.
  const { data } = useData<LogPage>(path, paused ? [] : ['lines', 'attempts']);
  const filtered = names.some((name) => query.get(name));
  return (
    <>
      <div class="page-head">
        <h1>Logs</h1>
        {data && (
          <p class="muted" role="status">
            {number(data.matching)} of {number(data.held)} lines, newest first
          </p>
        )}
        <div class="actions">
          <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
            {paused ? 'Go on' : 'Pause'}
          </button>
        </div>
      </div>
      <div class="actions queries" role="group" aria-label="Saved queries">
        {data?.queries.map(({ name, filter }) => (
          <button
            key={name}
            type="button"
            class="small"
            onClick={() => navigate(`${pathTo('logs')}?${new URLSearchParams(filter).toString()}`)}
          >
            {name}
          </button>
        ))}
        {filtered && (
          <button type="button" class="small" onClick={() => navigate(pathTo('logs'))}>
            Clear
          </button>
        )}
      </div>
      <div class="logs">
        <aside aria-label="Facets">
          <Facet name="group" title="Log group" of={data?.facets.groups ?? []} />
          <Facet name="level" title="Level" of={data?.facets.levels ?? []} />
          <Facet name="message" title="Message" of={data?.facets.messages ?? []} />
          <label>
            <span>Text</span>
            <input
              type="search"
              value={query.get('text') ?? ''}
              spellcheck={false}
              onInput={({ currentTarget: { value } }) => setQuery({ text: value }, { replace: true })}
            />
          </label>
          <label>
            <span>Correlation or request id</span>
            <input
              type="search"
              value={query.get('id') ?? ''}
              spellcheck={false}
              onInput={({ currentTarget: { value } }) => setQuery({ id: value.trim() }, { replace: true })}
            />
          </label>
        </aside>
        <Panel flush>
          {data?.entries.length === 0 ? (
            <Empty title={filtered ? 'No line passes the filter.' : 'No line yet'}>
              {!filtered && (
                <p>
                  <a href={pathTo('orders')}>Create an order</a>: the functions log what they do.
                </p>
              )}
            </Empty>
          ) : (
            <ul class="log-lines">
              {data?.entries.map((entry) => (
                <Line key={entry.place} entry={entry} />
              ))}
            </ul>
          )}
          {data && data.older !== null && (
            <p class="more">
              <a href={withQuery(query, { before: data.older })}>Older lines</a>
            </p>
          )}
        </Panel>
      </div>
    </>
  );
}

const Facet = ({ name, title, of }: { name: string; title: string; of: readonly Count[] }) => {
  const { query } = useRoute();
  const chosen = query.get(name);
  if (of.length === 0) return null;
  return (
    <div role="group" aria-label={title}>
      <h3>{title}</h3>
      <ul class="facet">
        {of.map(({ value, count }) => (
          <li key={value}>
            <button
              type="button"
              aria-pressed={value === chosen}
              onClick={() => setQuery({ [name]: value === chosen ? null : value })}
            >
              <span class="cut" title={value}>
                {value.replace(/^\/aws\/(lambda|events|vendedlogs)\//, '')}
              </span>
              <span class="muted">{number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};

const bad = new Set(['ERROR', 'CRITICAL', 'FATAL']);

function Line({ entry }: { entry: LogEntry }) {
  const [open, setOpen] = useState(false);
  const { at, level, message, function: name, group, coldStart, kind, fields, raw } = entry;
  const known =
    [entry.correlationId, entry.requestId].find((id) => id !== null && id !== 'unknown') ?? undefined;
  return (
    <li class={bad.has(level) ? 'bad' : kind === 'metrics' ? 'faint' : ''}>
      <button type="button" class="plain log-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="mono muted">{clockTime(at)}</span>
        <span class={bad.has(level) ? 'level error-text' : 'level'}>{level}</span>
        <span class="muted cut">{name ?? group.replace(/^\/aws\/(events|vendedlogs)\//, '')}</span>
        <span class="cut">
          {message}
          {coldStart && <span class="tag">cold start</span>}{' '}
          <span class="muted">
            {Object.entries(fields)
              .map(([field, value]) => `${field}=${value}`)
              .join(' ')}
          </span>
        </span>
      </button>
      {known !== undefined && (
        <a href={pathTo('journey', known)} aria-label={`Journey of ${known}`}>
          Journey
        </a>
      )}
      {open && <Code text={raw} />}
    </li>
  );
}
