import { useState } from 'preact/hooks';
import { Facts, Panel } from '../../parts/panel.tsx';
import { pathTo } from '../../shell/router.ts';
import { money, type Ask, type Order } from './http.ts';
import { Status } from './status.tsx';

const words: Record<string, string> = {
  confirm: 'Confirm',
  ship: 'Ship',
  deliver: 'Deliver',
  cancel: 'Cancel',
};

/** One order with everything that can be done to it; what is refused is said by the API. */
export function OrderView({
  order,
  path,
  send,
}: {
  order: Order;
  path: string;
  send: (request: Ask) => void;
}) {
  const { orderId, customerId, amount, currency, status, note, trackingNumber, items, version } = order;
  const move = (name: string) => {
    const body = name === 'ship' ? { body: { trackingNumber: `T-${orderId.slice(-6)}` } } : {};
    send({ method: 'POST', path: `${path}/${name}`, ...body });
  };
  return (
    <Panel
      title={
        <>
          <span class="cut order-title" title={orderId}>
            {orderId}
          </span>{' '}
          <Status of={status} />
        </>
      }
      actions={<a href={pathTo('journey', `${customerId}/${orderId}`)}>Journey</a>}
    >
      <div class="stack">
        <Facts
          of={[
            { label: 'Amount', value: money(amount, currency) },
            { label: 'Version', value: version },
            { label: 'Created', value: new Date(order.createdAt).toLocaleString() },
            { label: 'Changed', value: new Date(order.updatedAt).toLocaleString() },
            ...(note === undefined ? [] : [{ label: 'Note', value: note }]),
            ...(trackingNumber === undefined ? [] : [{ label: 'Tracking number', value: trackingNumber }]),
            ...(items ?? []).map(({ sku, quantity, unitAmount }) => ({
              label: sku,
              value: `${quantity} × ${money(unitAmount, currency)}`,
            })),
          ]}
        />
        <div class="actions">
          {order.allowedTransitions.map((name) => (
            <button key={name} type="button" onClick={() => move(name)}>
              {words[name] ?? name}
            </button>
          ))}
          <button type="button" onClick={() => send({ method: 'DELETE', path })}>
            Delete
          </button>
        </div>
        {status === 'PENDING' && <AmendForm key={version} order={order} path={path} send={send} />}
      </div>
    </Panel>
  );
}

function AmendForm({ order, path, send }: { order: Order; path: string; send: (request: Ask) => void }) {
  const [amount, setAmount] = useState(String(order.amount));
  const [note, setNote] = useState(order.note ?? '');
  const amend = (event: Event) => {
    event.preventDefault();
    const body = {
      ...(amount !== String(order.amount) && { amount: Number(amount) }),
      ...(note !== (order.note ?? '') && { note: note === '' ? null : note }),
    };
    send({ method: 'PATCH', path, body, headers: { 'if-match': `"${order.version}"` } });
  };
  return (
    <form class="form" onSubmit={amend} aria-label="Amend the order">
      <label>
        <span>Amount, in the minor unit</span>
        <input inputMode="numeric" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} />
      </label>
      <label>
        <span>Note</span>
        <input value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <div class="wide actions">
        <button type="submit">Amend</button>
        <span class="note">If-Match: "{order.version}"</span>
      </div>
    </form>
  );
}
