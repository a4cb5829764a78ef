import type { Count, EventList } from '../../../local/console/shapes/events.ts';
import { number } from '../../parts/text.ts';
import { setQuery, useRoute } from '../../shell/router.ts';

export const filterNames = ['type', 'source', 'state', 'mark', 'order', 'text', 'from', 'to'] as const;

const Choice = ({ name, label, of }: { name: string; label: string; of: readonly Count[] }) => {
  const chosen = useRoute().query.get(name) ?? '';
  const known =
    of.some(({ value }) => value === chosen) || chosen === '' ? of : [{ value: chosen, count: 0 }, ...of];
  return (
    <label>
      <span>{label}</span>
      <select value={chosen} onChange={(event) => setQuery({ [name]: event.currentTarget.value })}>
        <option value="">all</option>
        {known.map(({ value, count }) => (
          <option key={value} value={value}>
            {value} ({number(count)})
          </option>
        ))}
      </select>
    </label>
  );
};

const Words = ({ name, label, size }: { name: string; label: string; size: number }) => (
  <label>
    <span>{label}</span>
    <input
      type="search"
      size={size}
      value={useRoute().query.get(name) ?? ''}
      onInput={(event) => setQuery({ [name]: event.currentTarget.value }, { replace: true })}
      spellcheck={false}
    />
  </label>
);

/** What is in the address decides what is listed, so that a list can be sent to somebody else. */
export function Filters({ facets }: { facets: EventList['facets'] | undefined }) {
  const { query } = useRoute();
  const filtered = filterNames.some((name) => query.get(name));
  return (
    <form
      class="filters"
      onSubmit={(event) => event.preventDefault()}
      role="search"
      aria-label="Filter the events"
    >
      <Choice name="type" label="Type" of={facets?.types ?? []} />
      <Choice name="source" label="Source" of={facets?.sources ?? []} />
      <Choice name="state" label="State" of={facets?.states ?? []} />
      <Choice name="mark" label="Mark" of={facets?.marks ?? []} />
      <Words name="order" label="Order id" size={14} />
      <Words name="text" label="Text" size={18} />
      {filtered && (
        <button
          type="button"
          onClick={() => setQuery(Object.fromEntries(filterNames.map((name) => [name, null])))}
        >
          Clear
        </button>
      )}
    </form>
  );
}
