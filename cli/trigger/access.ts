import { OrdersClient } from '../../packages/orders-client/src/index.ts';
import { Failed, UsageError, type Context, type Given } from '../command.ts';
import type { Callers } from './steps.ts';

export interface Access {
  url: string;
  callers: Callers;
}

/** Who confirms and ships on this machine. */
const STAFF = 'orders-cli';
const isLocal = (url: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** The API, and who calls it: whoever ORDERS_TOKEN names, or whom the issuer of this machine gives tokens. */
export async function accessFor(
  customerId: string,
  given: Given,
  { env }: Pick<Context, 'env'>,
): Promise<Access> {
  const url = urlIn(given, env);
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

function urlIn(given: Given, env: Context['env']): string {
  const asked =
    given.text('url') ??
    env['ORDERS_API_URL'] ??
    besideAws(env['AWS_ENDPOINT_URL_EVENTBRIDGE'] ?? env['AWS_ENDPOINT_URL']);
  if (asked === undefined)
    throw new UsageError(
      '--url is missing: where the API is (the output ApiUrl of the stack), or set ORDERS_API_URL.',
    );
  if (!URL.canParse(asked) || !/^https?:$/.test(new URL(asked).protocol))
    throw new UsageError(`--url takes a URL such as http://127.0.0.1:3000, not "${asked}".`);
  return asked.replace(/\/+$/, '');
}

const besideAws = (endpoint: string | undefined): string | undefined =>
  endpoint?.endsWith('/_aws') ? endpoint.slice(0, -'/_aws'.length) : undefined;

async function localToken(url: string, claims: object): Promise<string> {
  const request = { method: 'POST', body: JSON.stringify(claims) };
  const response = await fetch(`${url}/_issuer/token`, request).catch((error: unknown) => {
    const { message = String(error), cause } = Object(error) as { message?: string; cause?: Error };
    throw unreachable(url, cause?.message ?? message);
  });
  if (!response.ok)
    throw new Failed(
      `${url} gives no tokens (${response.status}): set ORDERS_TOKEN, or start the system (npm start).`,
    );
  return ((await response.json()) as { access_token: string }).access_token;
}

export const unreachable = (url: string, why: string): Failed =>
  new Failed(`Nothing answers at ${url}: start the system (npm start), or check --url (${why}).`);
