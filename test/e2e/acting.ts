import { DeleteCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Local } from '../../local/local.ts';
import { connect } from '../support/system.ts';

const ORDERS = '/customers/C101/orders';
const asIs = { 'if-match': '*' };
const user = { name: 'Ada', role: 'Clerk', active: true };

/** What people do to a running system, in few words: customer C101, staff U1001, an administrator, and hands on tables. */
export const actingOn = async (local: Local) => {
  const client = connect(local.url);
  const owner = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  const staff = await local.token({ sub: 'U1001', scope: 'orders/staff' });
  const admin = await local.token({ sub: 'admin', scope: 'orders/admin' });
  const get = (path: string, bearer: string) => client.request('GET', path, { bearer });

  return {
    local,
    invoke: client.invoke,
    asOwner: (path = '') => get(`${ORDERS}${path}`, owner),
    asStaff: (path: string) => get(path, staff),
    asAdmin: (path: string) => get(path, admin),
    put: (id: string) => client.request('PUT', `${ORDERS}/${id}`, { bearer: owner, body: { amount: 1 } }),
    createOnce: (key: string) =>
      client.request('POST', ORDERS, {
        bearer: owner,
        headers: { 'idempotency-key': key },
        body: { amount: 1 },
      }),
    amend: (id: string) =>
      client.request('PATCH', `${ORDERS}/${id}`, { bearer: owner, headers: asIs, body: { amount: 2 } }),
    move: async (id: string, ...commands: string[]): Promise<void> => {
      for (const command of commands)
        await client.request('POST', `${ORDERS}/${id}/${command}`, { bearer: staff });
    },
    remove: (id: string) => client.request('DELETE', `${ORDERS}/${id}`, { bearer: staff }),
    putUser: (id: string) => client.request('PUT', `/users/${id}`, { bearer: admin, body: user }),
    deleteUser: (id: string) => client.request('DELETE', `/users/${id}`, { bearer: admin, headers: asIs }),
    /** An item that no code of ours would write. */
    putByHand: (orderId: string) => {
      const Item = { customerId: 'C101', orderId, status: 'SHIPPED' };
      return client.documents.send(new PutCommand({ TableName: 'Orders', Item }));
    },
    /** As if its retention had ended a minute ago. */
    expire: (orderId: string) =>
      client.documents.send(
        new UpdateCommand({
          TableName: 'Orders',
          Key: { customerId: 'C101', orderId },
          UpdateExpression: 'SET expiresAt = :past',
          ExpressionAttributeValues: { ':past': Math.floor(local.clock.now() / 1000) - 60 },
        }),
      ),
    /** Removes all lines of an order's history. */
    forget: async (orderId: string): Promise<void> => {
      const { Items = [] } = await client.documents.send(
        new QueryCommand({
          TableName: 'OrderHistory',
          KeyConditionExpression: 'orderKey = :o',
          ExpressionAttributeValues: { ':o': `C101#${orderId}` },
        }),
      );
      for (const { orderKey, versionKey } of Items as Record<string, string>[])
        await client.documents.send(
          new DeleteCommand({ TableName: 'OrderHistory', Key: { orderKey, versionKey } }),
        );
    },
    /** Past the faults, which strike what comes through the endpoint too; nobody could make anything of it. */
    publish: () =>
      local.edges.bus.putEvents([
        { EventBusName: 'orders', Source: 'orders.service', DetailType: 'OrderCreated', Detail: '{}' },
      ]),
  };
};

export type Acting = Awaited<ReturnType<typeof actingOn>>;
