import { useEffect, useState } from 'preact/hooks';
import { Panel } from '../../parts/panel.tsx';
import { useNewest } from '../../shell/data.ts';
import { useNews } from '../../shell/live.ts';
import { navigate, pathTo, useRoute } from '../../shell/router.ts';
import { ActorBar, asQuery, useActor } from './actor-bar.tsx';
import { CreateForm } from './create-form.tsx';
import { ExchangePanel } from './exchange.tsx';
import { History, type HistoryEntry } from './history.tsx';
import { ask, isOk, parsed, type Ask, type Exchange, type Order } from './http.ts';
import { OrderList, type OrderPage } from './order-list.tsx';
import { OrderView } from './order-view.tsx';

const pageSize = 25;

export function OrdersPage() {
  const { path } = useRoute();
  const { customer, actor } = useActor();
  const orderId = path[2];
  const orders = `/customers/${encodeURIComponent(customer)}/orders`;
  const orderPath = orderId === undefined ? undefined : `${orders}/${encodeURIComponent(orderId)}`;
  const [rows, setRows] = useState(pageSize);
  const [exchange, setExchange] = useState<Exchange>();
  const [listed, setListed] = useNewest<Exchange>();
  const [order, setOrder] = useNewest<Exchange>();
  const [history, setHistory] = useNewest<Exchange>();
  const [asked, setAsked] = useState(0);
  // The history is written by a function, after its delivery: that is a call.
  const news = useNews(['records', 'calls', 'changes']);
  const who = `${actor.as} ${actor.user}`;

  useEffect(() => {
    setListed(ask(actor, { method: 'GET', path: `${orders}?order=desc&limit=${rows}` }));
  }, [orders, who, rows, news, asked]);
  useEffect(() => {
    if (orderPath === undefined) return;
    setOrder(ask(actor, { method: 'GET', path: orderPath }));
    setHistory(ask(actor, { method: 'GET', path: `${orderPath}/history?order=desc` }));
  }, [orderPath, who, news, asked]);
  useEffect(() => setExchange(undefined), [customer, who]);

  const send = async (request: Ask) => {
    const answer = await ask(actor, request);
    setExchange(answer);
    setAsked((times) => times + 1);
    if (isOk(answer) && request.path === orders) {
      navigate(pathTo('orders', customer, (parsed(answer) as Order).orderId) + asQuery(actor));
    } else if (isOk(answer) && request.method === 'PUT') {
      navigate(pathTo('orders', customer, (parsed(answer) as Order).orderId) + asQuery(actor));
    }
  };
  const page = listed && isOk(listed) ? (parsed(listed) as OrderPage) : undefined;
  const shown = order && orderPath !== undefined && order.path === orderPath ? order : undefined;
  const isOwn = orderPath !== undefined && history?.path.startsWith(`${orderPath}/`) === true;
  const entries = isOwn && isOk(history) ? (parsed(history) as { items: HistoryEntry[] }).items : [];
  const refused = [exchange, shown, listed].find((each) => each !== undefined && !isOk(each));
  return (
    <>
      <div class="page-head">
        <h1>Orders</h1>
        <ActorBar />
      </div>
      <div class="orders">
        <div class="stack">
          <CreateForm customer={customer} send={(request) => void send(request)} />
          <OrderList
            customer={customer}
            actor={actor}
            page={page}
            chosen={orderId}
            more={() => setRows((count) => Math.min(100, count + pageSize))}
          />
        </div>
        <div class="stack">
          {shown && orderPath !== undefined && isOk(shown) && (
            <OrderView
              order={parsed(shown) as Order}
              path={orderPath}
              send={(request) => void send(request)}
            />
          )}
          {shown && orderPath !== undefined && shown.status === 404 && (
            <Panel title={`${orderId ?? ''} is not there`}>
              <p class="muted">It was deleted, or never was. Staff can undo a delete.</p>
              <p class="actions">
                <button
                  type="button"
                  onClick={() => void send({ method: 'POST', path: `${orderPath}/restore` })}
                >
                  Restore
                </button>
              </p>
            </Panel>
          )}
          {(exchange ?? refused) && (
            <ExchangePanel
              exchange={(exchange ?? refused) as Exchange}
              actor={actor}
              onRepaired={() => {
                setExchange(undefined);
                setAsked((times) => times + 1);
              }}
            />
          )}
          {entries.length > 0 && <History entries={entries} />}
          {orderPath === undefined && !exchange && !refused && (
            <Panel title="Then what?">
              <p class="muted">
                An order that you create is one write to the table. The table's stream carries it to a
                function, the function states it as an event, and the bus delivers the event to its
                subscribers. Its journey shows each step.
              </p>
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}
