import { useState } from 'preact/hooks';
import type { EventDetail } from '../../../local/console/shapes/events.ts';
import { Json } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';

/** The event as targets get it; with what each field means beside it, where a contract says so. */
export function Payload({ event: { json, fields, problems } }: { event: EventDetail }) {
  const [explained, setExplained] = useState(false);
  return (
    <div>
      <div class="label-row">
        <h3>Event, as targets get it</h3>
        <div class="actions">
          {fields.length > 0 && (
            <button
              type="button"
              class="small"
              aria-pressed={explained}
              onClick={() => setExplained(!explained)}
            >
              {explained ? 'As JSON' : 'Explain the fields'}
            </button>
          )}
          <CopyButton text={json} />
        </div>
      </div>
      {problems.map(({ path, reason }) => (
        <p key={path} class="error-text">
          <code>{path}</code> {reason}
        </p>
      ))}
      {explained ? <Explained json={json} fields={fields} /> : <Json text={json} />}
    </div>
  );
}

function Explained({ json, fields }: { json: string; fields: EventDetail['fields'] }) {
  const words = new Map(fields.map((field) => [field.path, field.words]));
  return (
    <dl class="explained">
      {leaves(JSON.parse(json), '').map(({ path, value }) => (
        <div key={path}>
          <dt class="mono">{path}</dt>
          <dd class="mono">{value}</dd>
          <dd class="note">{words.get(path.replaceAll(/\.\d+(?=\.|$)/g, ''))}</dd>
        </div>
      ))}
    </dl>
  );
}

function leaves(value: unknown, path: string): { path: string; value: string }[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [{ path, value: JSON.stringify(value) }];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, path === '' ? name : `${path}.${name}`),
  );
}
