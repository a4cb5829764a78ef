import type { Local } from './local.ts';

const staff = { userId: 'U1001', name: 'Naveen', role: 'Director', active: true };
const orders = [
  { customerId: 'C101', orderId: 'O5001', amount: 199, transitions: [] },
  { customerId: 'C101', orderId: 'O5002', amount: 450, transitions: ['confirm', 'ship'] },
  { customerId: 'C102', orderId: 'O9001', amount: 80, transitions: [] },
];
// The status that each leads from.
const before: Record<string, string> = { confirm: 'PENDING', ship: 'CONFIRMED' };

// An order, or a user, that somebody has changed since.
const isThere = new Set([409, 428]);

/** Loads the example data as clients do, over the HTTP API; what is there already is left alone. */
export async function seed({ url, token }: Pick<Local, 'url' | 'token'>): Promise<void> {
  const admin = await token({ sub: 'admin', scope: 'orders/admin' });
  const clerk = await token({ sub: staff.userId, scope: 'orders/staff' });
  const send = async (bearer: string, method: string, path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.ok) return (await response.json()) as { status: string };
    if (isThere.has(response.status)) return undefined;
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  };
  const { userId, ...profile } = staff;
  await send(admin, 'PUT', `/users/${userId}`, profile);
  for (const { customerId, orderId, amount, transitions } of orders) {
    const path = `/customers/${customerId}/orders/${orderId}`;
    let order = await send(clerk, 'PUT', path, { amount });
    for (const transition of transitions) {
      if (order?.status === before[transition]) order = await send(clerk, 'POST', `${path}/${transition}`);
    }
  }
}
