import { useState } from 'preact/hooks';
import { Panel } from '../../parts/panel.tsx';
import { money, type Ask } from './http.ts';

/** A new order: under an id of the service's, or of one's own. */
export function CreateForm({ customer, send }: { customer: string; send: (request: Ask) => void }) {
  const [amount, setAmount] = useState('1999');
  const [currency, setCurrency] = useState('USD');
  const create = (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [note, orderId] = ['note', 'orderId'].map((name) => (form.get(name) as string).trim());
    const body = { amount: Number(amount), currency, ...(note && { note }) };
    const orders = `/customers/${encodeURIComponent(customer)}/orders`;
    send(
      orderId
        ? { method: 'PUT', path: `${orders}/${encodeURIComponent(orderId)}`, body }
        : { method: 'POST', path: orders, body, headers: { 'idempotency-key': crypto.randomUUID() } },
    );
  };
  return (
    <Panel title="Create an order">
      <form class="form" onSubmit={create}>
        <label>
          <span>Amount, in the minor unit</span>
          <input
            name="amount"
            inputMode="numeric"
            value={amount}
            onInput={(event) => setAmount(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>Currency</span>
          <input
            name="currency"
            value={currency}
            size={4}
            onInput={(event) => setCurrency(event.currentTarget.value)}
          />
        </label>
        <label class="wide">
          <span>Note (optional)</span>
          <input name="note" maxLength={1000} />
        </label>
        <label class="wide">
          <span>Order id of your own (optional)</span>
          <input name="orderId" spellcheck={false} placeholder="made by the service" />
        </label>
        <div class="wide actions">
          <button type="submit" class="primary">
            Create order
          </button>
          <span class="note">
            {/^\d+$/.test(amount) ? money(Number(amount), currency) : 'a whole number'}
          </span>
        </div>
      </form>
    </Panel>
  );
}
