import { Panel } from '../../parts/panel.tsx';

export interface HistoryEntry {
  version: number;
  event: string;
  occurredAt: string;
  actor: string;
  reason?: string;
  changed: Record<string, { from: unknown; to: unknown }>;
}

/** What happened to the order, by its events, with old and new values. */
export const History = ({ entries }: { entries: readonly HistoryEntry[] }) => (
  <Panel title="History, newest first" flush>
    <table>
      <thead>
        <tr>
          <th class="number">Version</th>
          <th>Event</th>
          <th>By</th>
          <th>What changed</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ version, event, occurredAt, actor, reason, changed }) => (
          <tr key={version}>
            <td class="number">{version}</td>
            <td>
              {event}
              <div class="note nowrap">{new Date(occurredAt).toLocaleString()}</div>
            </td>
            <td>
              {actor}
              {reason !== undefined && <div class="note">{reason}</div>}
            </td>
            <td>
              <ul class="diff">
                {Object.entries(changed).map(([field, { from, to }]) => (
                  <li key={field}>
                    {field}: <Value of={from} gone /> <span class="muted">to</span> <Value of={to} />
                  </li>
                ))}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);

function Value({ of, gone = false }: { of: unknown; gone?: boolean }) {
  if (of === null || of === undefined) return <span class="muted">absent</span>;
  const text = typeof of === 'string' ? of : JSON.stringify(of);
  return gone ? <del class="mono">{text}</del> : <ins class="mono">{text}</ins>;
}
