import { duration } from '../../parts/text.ts';

/** Who asks: what a token of the local issuer says of him. */
export interface Actor {
  as: 'customer' | 'staff' | 'admin';
  user: string;
}

/** One request of the HTTP API and its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  sent: Record<string, string>;
  body: string | null;
  status: number;
  answered: Record<string, string>;
  answer: string;
  took: string;
  bearer: string;
}

const tokens = new Map<string, { token: string; until: number }>();
const freshMs = 60 * 60 * 1000;

async function tokenOf({ as, user }: Actor): Promise<string> {
  const key = `${as} ${user}`;
  const known = tokens.get(key);
  if (known && known.until > Date.now()) return known.token;
  const response = await fetch('/_issuer/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      sub: user,
      scope: `orders/${as}`,
      ...(as === 'customer' && { customerId: user }),
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  tokens.set(key, { token, until: Date.now() + freshMs });
  return token;
}

/** After time was moved a token may have expired. */
export const forgetTokens = (): void => tokens.clear();

export interface Ask {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export async function ask(
  actor: Actor,
  { method, path, body, headers = {} }: Ask,
  again = true,
): Promise<Exchange> {
  const bearer = await tokenOf(actor);
  const text = body === undefined ? null : JSON.stringify(body);
  const sent = { ...(text !== null && { 'content-type': 'application/json' }), ...headers };
  const start = performance.now();
  const response = await fetch(path, {
    method,
    headers: { ...sent, authorization: `Bearer ${bearer}` },
    body: text,
  });
  const answer = await response.text();
  if (response.status === 401 && again) {
    forgetTokens();
    return ask(actor, { method, path, body, headers }, false);
  }
  return {
    method,
    path,
    sent,
    body: text,
    status: response.status,
    answered: Object.fromEntries(response.headers),
    answer,
    took: duration(performance.now() - start),
    bearer,
  };
}

export const isOk = ({ status }: Exchange): boolean => status < 400;

/** What the API promises to answer; it is the caller who knows the shape. */
export const parsed = ({ answer }: Exchange): unknown => JSON.parse(answer);

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export const asCurl = ({ method, path, sent, body, bearer }: Exchange): string =>
  [
    `curl -i -X ${method} ${quoted(location.origin + path)}`,
    `-H ${quoted(`authorization: Bearer ${bearer}`)}`,
    ...Object.entries(sent).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`-d ${quoted(body)}`]),
  ].join(' ');

export interface Order {
  customerId: string;
  orderId: string;
  amount: number;
  currency: string;
  status: string;
  note?: string;
  items?: { sku: string; quantity: number; unitAmount: number }[];
  trackingNumber?: string;
  createdAt: string;
  updatedAt: string;
  version: number;
  allowedTransitions: string[];
}

/** In the minor unit of its currency: 1999 is 19.99 USD. */
export function money(amount: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'code' });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
  } catch {
    return `${amount} ${currency}`;
  }
}
