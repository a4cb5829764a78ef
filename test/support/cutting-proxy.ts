import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const WRITE = /\.(PutItem|DeleteItem|TransactWriteItems)$/;
const writesItems = ({ headers }: IncomingMessage): boolean => WRITE.test(String(headers['x-amz-target']));

/** Not carried on: they are of one connection only, or made anew by `fetch`. */
const OWN = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]);
const carriedOn = (headers: Iterable<[string, unknown]>): Record<string, string> =>
  Object.fromEntries(
    [...headers].filter(([name]) => !OWN.has(name)).map(([name, value]) => [name, String(value)]),
  );

/** Stands between a client and DynamoDB, or another server; cuts the connection after a write was carried out, before its answer. */
export const startCuttingProxy = async (target: string, writesTo = writesItems) => {
  const state = { cuts: 0, answers: [] as { status: number; body: string }[] };
  let writes = 0;
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const body = await bodyOf(request);
      const isWrite = writesTo(request);
      const instead = isWrite ? state.answers.shift() : undefined;
      if (instead) {
        response.writeHead(instead.status, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(instead.body);
        return;
      }
      const { method = 'GET', url = '/' } = request;
      const answer = await fetch(new URL(url, target), {
        method,
        headers: carriedOn(Object.entries(request.headers)),
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      const text = await answer.text();
      if (isWrite) writes += 1;
      if (isWrite && state.cuts > 0) {
        state.cuts -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, carriedOn(answer.headers));
      response.end(text);
    };
    void pass();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The next so many writes get no answer. */
    cut: (times: number) => (state.cuts = times),
    /** The next writes are not passed on, and get these answers. */
    answer: (...answers: { status: number; body: string }[]) => state.answers.push(...answers),
    writes: () => writes,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
