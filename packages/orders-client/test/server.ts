import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
}

/** `lost` breaks off before an answer, `half` in the middle of it, `never` does not answer. */
type Given = Reply | 'lost' | 'half' | 'never' | ((received: Received) => Reply);

export const order = {
  customerId: 'C101',
  orderId: 'O1',
  amount: 5,
  currency: 'USD',
  status: 'PENDING',
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:00.000Z',
  version: 1,
  allowedTransitions: ['confirm', 'cancel'],
} as const;

export const OK: Reply = { headers: { etag: '"1"' }, body: order };

export const problem = (status: number, code: string, rest: object = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'x-correlation-id': 'c1' },
  body: { type: `/problems/${code}`, title: 'A title', status, code, correlationId: 'c1', ...rest },
});

/** Answers as it is told to, one after the other, and then OK; keeps what it was asked. */
export const startServer = async () => {
  const received: Received[] = [];
  let replies: Given[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body };
      received.push(one);
      const next = replies.shift() ?? OK;
      if (next === 'never') return;
      if (next === 'lost') {
        request.socket.destroy();
        return;
      }
      if (next === 'half') {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"customerId":', () => request.socket.destroy());
        return;
      }
      const { status = 200, headers: own = {}, body: told } = typeof next === 'function' ? next(one) : next;
      const text = told === undefined || typeof told === 'string' ? (told ?? '') : JSON.stringify(told);
      response.writeHead(status, { 'content-type': 'application/json', ...own });
      response.end(text);
    };
    void answer();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** The next answers, in place of what was left of earlier ones. */
    reply: (...next: Given[]) => {
      replies = next;
      received.length = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
