import type { ComponentChildren } from 'preact';
import type { Status } from '../../local/console/shapes/status.ts';
import { ago, duration, number } from '../parts/text.ts';
import { useData } from './data.ts';
import { pathTo } from './router.ts';

const Item = ({
  label,
  children,
  warn = false,
}: {
  label: string;
  children: ComponentChildren;
  warn?: boolean;
}) => (
  <span class={warn ? 'fact warn' : 'fact'}>
    {warn && <Warning />}
    <span class="label">{label}</span> {children}
  </span>
);

const Warning = () => (
  <svg class="sign retrying" viewBox="0 0 16 16" role="img" aria-label="Mind">
    <path d="M8 2.5l6 10.5H2zM8 6.5v3m0 1.6v.2" />
  </svg>
);

/** What may make what is seen here differ from the cloud, or from what one expects: always in sight. */
export function StatusStrip() {
  const { data } = useData<Status>('/status', ['changes', 'events']);
  if (!data) return <div class="status" />;
  const { engine, template, runtime, notes, faults, overflow, aheadMs, now } = data;
  const on = faults.filter(({ share }) => share > 0);
  return (
    <div class="status" role="region" aria-label="State of the runtime">
      <Item label="Engine">{engine.endpoint ?? engine.name}</Item>
      <Item label="Template">
        {template.stack} <code>{template.hash.slice(0, 7)}</code>
        {template.madeAt === null ? '' : `, ${ago(template.madeAt, now - aheadMs)}`}
      </Item>
      <Item label="Runtime" warn={runtime.differs}>
        {runtime.here}
        {runtime.differs && `, the template says ${runtime.template.join(', ')}`}
      </Item>
      <details class="fact">
        <summary>
          <span class="label">Not as in the cloud</span> {notes.length} types and properties
        </summary>
        <ul>
          {notes.map(({ type, property = '', level, words, logicalIds }) => (
            <li key={type + property}>
              <b>
                {type} {property}
              </b>
              {logicalIds.length > 1 && ` (${logicalIds.length})`} {level}: {words}
            </li>
          ))}
        </ul>
      </details>
      {on.map(({ name, share, only, struck }) => (
        <a key={name} class="fact warn" href={pathTo('failures')}>
          <Warning /> <span class="label">Fault</span> {name} {Math.round(share * 100)} %
          {only === null ? '' : ` of ${only}`}, struck {number(struck)}
        </a>
      ))}
      {aheadMs > 0 && (
        <Item label="Clock" warn>
          {duration(aheadMs)} ahead
        </Item>
      )}
      {overflow.map(({ of, held, total }) => (
        <Item key={of} label="Buffer full" warn>
          the newest {number(held)} of {number(total)} {of}
        </Item>
      ))}
    </div>
  );
}
