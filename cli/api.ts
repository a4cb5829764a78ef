import { Failed, UsageError, type Context, type Given } from './command.ts';

export const urlHelp = `  --url URL                of the API; ORDERS_API_URL, or what stands before /_aws in AWS_ENDPOINT_URL_EVENTBRIDGE or
                           AWS_ENDPOINT_URL`;

/** Where the API is, without a slash at its end; undefined where nothing says it. */
export function apiUrl(given: Given, env: Context['env']): string | undefined {
  const asked =
    given.text('url') ??
    env['ORDERS_API_URL'] ??
    besideAws(env['AWS_ENDPOINT_URL_EVENTBRIDGE'] ?? env['AWS_ENDPOINT_URL']);
  if (asked === undefined) return undefined;
  if (!URL.canParse(asked) || !/^https?:$/.test(new URL(asked).protocol))
    throw new UsageError(`--url takes a URL such as http://127.0.0.1:3000, not "${asked}".`);
  return asked.replace(/\/+$/, '');
}

export function requiredApiUrl(given: Given, env: Context['env']): string {
  const url = apiUrl(given, env);
  if (url !== undefined) return url;
  throw new UsageError(
    '--url is missing: where the API is (the output ApiUrl of the stack), or set ORDERS_API_URL.',
  );
}

const besideAws = (endpoint: string | undefined): string | undefined =>
  endpoint?.endsWith('/_aws') ? endpoint.slice(0, -'/_aws'.length) : undefined;

export const isLocal = (url: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** A token of the issuer of this machine, with whatever claims. */
export async function localToken(url: string, claims: object): Promise<string> {
  const request = { method: 'POST', body: JSON.stringify(claims) };
  const response = await fetch(`${url}/_issuer/token`, request).catch((error: unknown) => {
    throw unreachable(url, reasonOf(error));
  });
  if (!response.ok)
    throw new Failed(
      `${url} gives no tokens (${response.status}): start the system there (npm start), or check --url.`,
    );
  return ((await response.json()) as { access_token: string }).access_token;
}

/** What `fetch` rejects with says why in its cause. */
export const reasonOf = (error: unknown): string => {
  const { message = String(error), cause } = Object(error) as { message?: string; cause?: Error };
  return cause?.message ?? message;
};

export const unreachable = (url: string, why: string): Failed =>
  new Failed(`Nothing answers at ${url}: start the system (npm start), or check --url (${why}).`);
