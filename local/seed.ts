import type { Local } from './start.ts';

interface Order {
  status: string;
}

const staff = { userId: 'U1001', name: 'Naveen', role: 'Director', active: true };
const orders = [
  { customerId: 'C101', orderId: 'O5001', amount: 199, transitions: [] },
  { customerId: 'C101', orderId: 'O5002', amount: 450, transitions: ['confirm', 'ship'] },
  { customerId: 'C102', orderId: 'O9001', amount: 80, transitions: [] },
];
// The status that each leads from.
const before: Record<string, string> = { confirm: 'PENDING', ship: 'CONFIRMED' };

/** Loads the example data as clients do, over the HTTP API; what is there already is left alone. */
export async function seed({ url, token, engine }: Pick<Local, 'url' | 'token' | 'engine'>): Promise<void> {
  const { userId, name, role, active } = staff;
  const Item = { userId: { S: userId }, name: { S: name }, role: { S: role }, active: { BOOL: active } };
  const put = await engine.call('DynamoDB_20120810.PutItem', JSON.stringify({ TableName: 'Users', Item }));
  if (put.status !== 200) throw new Error(`The user ${userId} was not stored: ${put.body}`);

  const authorization = `Bearer ${await token({ sub: userId, scope: 'orders/staff' })}`;
  const send = async (method: string, path: string, body?: object): Promise<Order | undefined> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 409) return undefined;
    if (response.ok) return (await response.json()) as Order;
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  };
  for (const { customerId, orderId, amount, transitions } of orders) {
    const path = `/customers/${customerId}/orders/${orderId}`;
    let order = await send('PUT', path, { amount });
    for (const transition of transitions) {
      if (order?.status === before[transition]) order = await send('POST', `${path}/${transition}`);
    }
  }
}
