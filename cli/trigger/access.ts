import { OrdersClient } from '../../packages/orders-client/src/index.ts';
import { isLocal, localToken, requiredApiUrl } from '../api.ts';
import { UsageError, type Context, type Given } from '../command.ts';
import type { Callers } from './steps.ts';

export interface Access {
  url: string;
  callers: Callers;
}

/** Who confirms and ships on this machine. */
const STAFF = 'orders-cli';

/** The API, and who calls it: whoever ORDERS_TOKEN names, or whom the issuer of this machine gives tokens. */
export async function accessFor(
  customerId: string,
  given: Given,
  { env }: Pick<Context, 'env'>,
): Promise<Access> {
  const url = requiredApiUrl(given, env);
  const client = (token: string) => new OrdersClient({ baseUrl: url, token });
  const token = env['ORDERS_TOKEN'];
  if (token !== undefined && token !== '')
    return { url, callers: { customer: client(token), staff: client(token) } };
  if (!isLocal(url))
    throw new UsageError(
      `ORDERS_TOKEN is missing: a token for ${url} with the scope orders/staff (an API on this machine needs none).`,
    );
  const admin = client(await localToken(url, { sub: STAFF, scope: 'orders/admin' }));
  // Staff are who the directory says.
  await admin.users.put(STAFF, { name: 'orders events trigger', role: 'Clerk', active: true });
  const customer = await localToken(url, { sub: customerId, scope: 'orders/customer', customerId });
  const staff = await localToken(url, { sub: STAFF, scope: 'orders/staff' });
  return { url, callers: { customer: client(customer), staff: client(staff) } };
}
