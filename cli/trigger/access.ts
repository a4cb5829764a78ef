import { UsageError, type Context, type Given } from '../command.ts';
import { ordersApi, type Request } from './orders-api.ts';

export interface Access {
  url: string;
  /** For steps that a customer takes with orders of this customer, and for those that staff takes. */
  tokens: { customer: string; staff: string };
}

const STAFF = 'orders-cli';
const isLocal = (url: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** The API's URL from --url, ORDERS_API_URL or beside a local AWS_ENDPOINT_URL; a token from ORDERS_TOKEN or the local issuer. */
export async function accessFor(
  customerId: string,
  given: Given,
  { env }: Pick<Context, 'env'>,
): Promise<Access> {
  const url = urlIn(given, env);
  const token = env['ORDERS_TOKEN'];
  if (token !== undefined && token !== '') return { url, tokens: { customer: token, staff: token } };
  if (!isLocal(url))
    throw new UsageError(
      `ORDERS_TOKEN is missing: a token for ${url} with the scope orders/staff (a local API gives one by itself).`,
    );
  return { url, tokens: await localTokens(customerId, url) };
}

function urlIn(given: Given, env: Context['env']): string {
  const asked = given.text('url') ?? env['ORDERS_API_URL'] ?? besideAws(env['AWS_ENDPOINT_URL']);
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

/** Staff are who the directory says: a member is entered first, as an admin would. */
async function localTokens(customerId: string, url: string): Promise<Access['tokens']> {
  const ask = ordersApi(url);
  const token = async (claims: object): Promise<string> => {
    const request: Request = { method: 'POST', path: '/_issuer/token', body: claims };
    return String((await ask(request)).body['access_token']);
  };
  const admin = await token({ sub: STAFF, scope: 'orders/admin' });
  await ask({
    method: 'PUT',
    path: `/users/${STAFF}`,
    token: admin,
    body: { name: 'orders events trigger', role: 'Clerk', active: true },
  });
  return {
    customer: await token({ sub: customerId, scope: 'orders/customer', customerId }),
    staff: await token({ sub: STAFF, scope: 'orders/staff' }),
  };
}
