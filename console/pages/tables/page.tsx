import type { TableInfo, TablePage } from '../../../local/console/shapes/tables.ts';
import { CopyButton } from '../../parts/copy.tsx';
import { Empty, Panel } from '../../parts/panel.tsx';
import { number } from '../../parts/text.ts';
import { useData } from '../../shell/data.ts';
import { pathTo, setQuery, useRoute, withQuery } from '../../shell/router.ts';

export function TablesPage() {
  const { path, query } = useRoute();
  const { data: tables } = useData<TableInfo[]>('/tables', ['calls']);
  const table = tables?.find(({ name }) => name === (path[1] ?? tables[0]?.name));
  const index = query.get('index');
  const partition = query.get('partition');
  const asked = new URLSearchParams(
    ['index', 'partition', 'after'].flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const { data: page, error } = useData<TablePage>(
    table && `/tables/${encodeURIComponent(table.name)}?${asked.toString()}`,
    ['calls'],
  );
  return (
    <>
      <div class="page-head">
        <h1>Tables</h1>
        <p class="muted">Read only: what changes an order goes through the API.</p>
      </div>
      <div class="actions table-choice">
        <div class="tabs" role="group" aria-label="Table">
          {tables?.map(({ name, items }) => (
            <a
              key={name}
              href={pathTo('tables', name)}
              aria-current={name === table?.name ? 'true' : undefined}
            >
              {name} <span class="muted">{number(items)}</span>
            </a>
          ))}
        </div>
      </div>
      {table && (
        <Panel
          flush
          title={
            <span class="tabs" role="group" aria-label="Access pattern">
              {table.indexes.map(({ name, partition: key, sort }) => (
                <a
                  key={name}
                  href={withQuery(query, { index: name, partition: null, after: null })}
                  aria-current={(name ?? null) === (index || null) ? 'true' : undefined}
                >
                  {name ?? 'Table'} <span class="muted">by {sort === null ? key : `${key}, ${sort}`}</span>
                </a>
              ))}
            </span>
          }
          actions={
            <span class="note">
              {number(table.writes.total)} writes, {number(table.writes.refused)} refused
              {table.ttl !== null && `, items expire by ${table.ttl}`}
            </span>
          }
        >
          {error && <p class="error-text padded">{error.message}</p>}
          {page && <Rows page={page} table={table} partition={partition} />}
        </Panel>
      )}
    </>
  );
}

function Rows({ page, table, partition }: { page: TablePage; table: TableInfo; partition: string | null }) {
  const { query } = useRoute();
  const { partition: key = '' } =
    table.indexes.find(({ name }) => name === (query.get('index') || null)) ?? {};
  return (
    <>
      <div class="filters padded">
        <label>
          <span>{key}</span>
          <input
            list="partitions"
            value={partition ?? ''}
            placeholder="all"
            onChange={(event) => setQuery({ partition: event.currentTarget.value, after: null })}
            spellcheck={false}
          />
        </label>
        <datalist id="partitions">
          {page.partitions.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <p class="note">
          {partition === null
            ? 'A Scan, which the service itself never makes.'
            : 'A Query, as the service makes it.'}
        </p>
      </div>
      {page.rows.length === 0 ? (
        <Empty title="No item here" />
      ) : (
        <div class="wide-table" tabIndex={0} role="region" aria-label={`Items of ${table.name}`}>
          <table>
            <thead>
              <tr>
                {page.columns.map((column) => (
                  <th key={column}>{column}</th>
                ))}
                <th>Item</th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={JSON.stringify(row)}>
                  {page.columns.map((column) => (
                    <td key={column} class="mono">
                      <Value name={column} json={row[column]} />
                    </td>
                  ))}
                  <td>
                    <CopyButton text={JSON.stringify(itemOf(row), null, 2)} label="Copy" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {page.next !== null && (
        <p class="more">
          <a href={withQuery(query, { after: page.next })}>Next page</a>
        </p>
      )}
    </>
  );
}

const itemOf = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).map(([name, json]) => [name, JSON.parse(json) as unknown]));

function Value({ name, json }: { name: string; json: string | undefined }) {
  if (json === undefined) return <span class="muted">–</span>;
  const value: unknown = JSON.parse(json);
  const text = typeof value === 'string' ? value : json;
  if (name === 'orderId' && typeof value === 'string') return <a href={pathTo('journey', value)}>{value}</a>;
  return (
    <span class="cut cell" title={text}>
      {text}
    </span>
  );
}
