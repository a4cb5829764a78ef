import { Failed } from '../command.ts';
import { isRecord } from '../filter.ts';

export interface Answer {
  status: number;
  etag: string | null;
  body: Record<string, unknown>;
}

export interface Request {
  method: string;
  path: string;
  token?: string;
  headers?: Record<string, string>;
  body?: object;
}

const timeoutMs = 30_000;

/** The HTTP API; an answer that is an error is thrown, in the words of its problem. */
export const ordersApi =
  (url: string) =>
  async ({ method, path, token, headers = {}, body }: Request): Promise<Answer> => {
    const response = await answered(url, () =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      }),
    );
    const answer = parsed(await response.text());
    const { status } = response;
    if (!response.ok) throw new Failed(`${method} ${path} answered ${status}${problemIn(answer)}.`);
    return { status, etag: response.headers.get('etag'), body: answer };
  };

async function answered(url: string, call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const words = cause instanceof Error ? cause.message || String((cause as { code?: unknown }).code) : '';
    throw new Failed(`Nothing answers at ${url}: start the system (npm start), or check --url (${words}).`);
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** RFC 9457: the code, what it says, and each wrong field. The gateway has only a message. */
function problemIn({ code, detail, errors, message, title }: Record<string, unknown>): string {
  const fields = (Array.isArray(errors) ? errors : []).filter(isRecord).map((error) => {
    const where = error['pointer'] ?? error['parameter'];
    return `${typeof where === 'string' ? `${where} ` : ''}${String(error['detail'])}`;
  });
  const words = [code, detail ?? (fields.length > 0 ? fields.join('; ') : (title ?? message))];
  const said = words.filter((word) => typeof word === 'string').map((word) => word.replace(/\.$/, ''));
  return said.length > 0 ? ` ${said.join(': ')}` : '';
}
