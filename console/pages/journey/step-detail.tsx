import type { Chain, FieldChange, Step } from '../../../local/console/shapes/journey.ts';
import type { LogEntry } from '../../../local/console/shapes/logs.ts';
import { Code } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Facts } from '../../parts/panel.tsx';
import { Badge } from '../../parts/sign.tsx';
import { clockTime, duration } from '../../parts/text.ts';
import { Verdicts } from '../../parts/verdicts.tsx';
import { pathTo } from '../../shell/router.ts';

/** All that is known of one step. */
export function StepDetail({ step, start }: { step: Step; start: number }) {
  const { title, state, note, at, ms, facts, bars, changes, verdicts, lines, payload } = step;
  return (
    <div class="detail stack">
      <div>
        <div class="detail-title">
          <b>{title}</b> <Badge state={state} />
        </div>
        {note !== '' && <p class={state === 'failed' ? 'error-text' : 'muted'}>{note}</p>}
      </div>
      <Facts
        of={[
          { label: 'At', value: `${clockTime(at)}, ${duration(at - start)} after the start` },
          ...(ms > 0 ? [{ label: 'Took', value: duration(ms) }] : []),
          ...facts.map(({ label, value, journey, event }) => ({
            label,
            value:
              event !== undefined ? (
                <a href={pathTo('events', event)}>{value}</a>
              ) : journey === true ? (
                <a class="mono" href={pathTo('journey', value)}>
                  {value}
                </a>
              ) : (
                <span class={/id|number/i.test(label) ? 'mono' : ''}>{value}</span>
              ),
          })),
        ]}
      />
      {bars.length > 1 && <Tries bars={bars} start={start} />}
      {changes.length > 0 && <Changes of={changes} />}
      {verdicts.length > 0 && <Verdicts of={verdicts} />}
      {lines.length > 0 && <Lines of={lines} />}
      {payload.map(({ label, text }) => (
        <div key={label}>
          <div class="label-row">
            <h3>{label}</h3>
            <CopyButton text={text} />
          </div>
          <Code text={text} />
        </div>
      ))}
    </div>
  );
}

const Tries = ({ bars, start }: { bars: Step['bars']; start: number }) => (
  <div>
    <h3>Tries</h3>
    <ul class="tries">
      {bars.map(({ at, ms, state, label }) => (
        <li key={at}>
          <Badge state={state} />
          <span>
            {label} <span class="muted">after {duration(at - start)}</span>
            {ms > 0 && <span class="muted">, took {duration(ms)}</span>}
          </span>
        </li>
      ))}
    </ul>
  </div>
);

const Changes = ({ of }: { of: readonly FieldChange[] }) => (
  <div>
    <h3>What changed</h3>
    <table class="changes">
      <thead>
        <tr>
          <th>Field</th>
          <th>Before</th>
          <th>After</th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ field, before, after }) => (
          <tr key={field}>
            <td>{field}</td>
            <td class="mono">{before === null ? <span class="muted">absent</span> : <del>{before}</del>}</td>
            <td class="mono">{after === null ? <span class="muted">absent</span> : <ins>{after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Lines = ({ of, named = false }: { of: readonly LogEntry[]; named?: boolean }) => (
  <div>
    <h3>Log lines</h3>
    <ul class="lines">
      {of.map(({ place, at, level, message, coldStart, fields, function: name }) => (
        <li key={place}>
          <span class="mono muted">{clockTime(at)}</span>{' '}
          <span class={level === 'ERROR' || level === 'CRITICAL' ? 'level error-text' : 'level'}>
            {level}
          </span>{' '}
          {named && <span class="muted">{name} </span>}
          {message}
          {coldStart && <span class="tag">cold start</span>}
          <div class="note mono">
            {Object.entries(fields)
              .map(([field, value]) => `${field}=${value}`)
              .join('  ')}
          </div>
        </li>
      ))}
    </ul>
  </div>
);

/** Of all functions that had to do with it, as they were written. */
export function ChainLines({ chain }: { chain: Chain }) {
  const lines = chain.steps.flatMap((step) => step.lines).sort((a, b) => a.at - b.at);
  if (lines.length === 0) return null;
  return (
    <div class="chain-lines">
      <Lines of={lines} named />
    </div>
  );
}
