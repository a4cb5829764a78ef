import { navigate, pathTo, setQuery, useRoute } from '../../shell/router.ts';
import type { Actor } from './http.ts';

const usualCustomer = 'C101';
const usualStaff = 'U1001';

/** Whose orders are looked at, and who looks: both in the address. */
export function useActor(): { customer: string; actor: Actor } {
  const { path, query } = useRoute();
  const customer = path[1] ?? usualCustomer;
  const as = query.get('as');
  if (as === 'staff') return { customer, actor: { as, user: query.get('user') ?? usualStaff } };
  return { customer, actor: { as: 'customer', user: customer } };
}

export const asQuery = ({ as, user }: Actor): string =>
  as === 'staff' ? `?as=staff&user=${encodeURIComponent(user)}` : '';

export function ActorBar() {
  const { customer, actor } = useActor();
  const toCustomer = (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    if (value.trim() !== '') navigate(pathTo('orders', value.trim()) + asQuery(actor));
  };
  return (
    <form class="actor-bar" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>Orders of customer</span>
        <input key={customer} defaultValue={customer} onChange={toCustomer} size={12} spellcheck={false} />
      </label>
      <label>
        <span>Ask as</span>
        <select
          value={actor.as}
          onChange={(event) =>
            setQuery({ as: event.currentTarget.value === 'staff' ? 'staff' : null, user: null })
          }
        >
          <option value="customer">this customer</option>
          <option value="staff">a member of staff</option>
        </select>
      </label>
      {actor.as === 'staff' && (
        <label>
          <span>User id</span>
          <input
            key={actor.user}
            defaultValue={actor.user}
            onChange={(event) => setQuery({ user: event.currentTarget.value.trim() })}
            size={10}
            spellcheck={false}
          />
        </label>
      )}
      <p class="note">The page calls the HTTP API as any client does, with a token of the local issuer.</p>
    </form>
  );
}
