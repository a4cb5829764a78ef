import { Empty, Panel } from '../../parts/panel.tsx';
import { shortId } from '../../parts/text.ts';
import { pathTo } from '../../shell/router.ts';
import { asQuery } from './actor-bar.tsx';
import { money, type Actor, type Order } from './http.ts';
import { Status } from './status.tsx';

export interface OrderPage {
  items: Order[];
  next?: string;
}

export const OrderList = ({
  customer,
  actor,
  page,
  chosen,
  more,
}: {
  customer: string;
  actor: Actor;
  page: OrderPage | undefined;
  chosen: string | undefined;
  more: () => void;
}) => (
  <Panel title={`Orders of ${customer}, last id first`} flush>
    {page?.items.length === 0 && (
      <Empty title="No order yet">
        <p>Create one above: it appears here, and its event in its journey.</p>
      </Empty>
    )}
    {page !== undefined && page.items.length > 0 && (
      <table>
        <thead>
          <tr>
            <th>Order</th>
            <th>Status</th>
            <th class="number">Amount</th>
            <th class="number">Version</th>
            <th>Journey</th>
          </tr>
        </thead>
        <tbody>
          {page.items.map(({ orderId, status, amount, currency, version }) => (
            <tr key={orderId} class={orderId === chosen ? 'chosen' : ''}>
              <td>
                <a href={pathTo('orders', customer, orderId) + asQuery(actor)} title={orderId}>
                  {shortId(orderId)}
                </a>
              </td>
              <td>
                <Status of={status} />
              </td>
              <td class="number nowrap">{money(amount, currency)}</td>
              <td class="number">{version}</td>
              <td>
                <a href={pathTo('journey', `${customer}/${orderId}`)} aria-label={`Journey of ${orderId}`}>
                  Journey
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {page?.next !== undefined && (
      <p class="more">
        <button type="button" onClick={more}>
          Show more
        </button>
      </p>
    )}
  </Panel>
);
