import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Positions, Topic } from './shapes/status.ts';

/** Server-sent events: how far everything is. They say that there is news; the pages' API says which. */
export interface Live {
  attach: (request: IncomingMessage, response: ServerResponse) => void;
  close: () => void;
}

const topics: readonly Topic[] = [
  'requests',
  'invocations',
  'calls',
  'batches',
  'attempts',
  'consumers',
  'records',
  'events',
  'lines',
  'changes',
];
const lookEveryMs = 250;
const breatheEveryMs = 15_000;
const maxListeners = 64;

/** A message's id is the run and all positions, so that whoever resumes after it is told at once what he missed. */
export function createLive({ run, positions }: { run: string; positions: () => Positions }): Live {
  const listeners = new Map<ServerResponse, { sent: string; breath: number }>();
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const now = positions();
    const id = [run, ...topics.map((topic) => now[topic])].join('.');
    for (const [response, listener] of listeners) {
      // Who does not read misses nothing: the next message holds it all.
      if (response.writableNeedDrain) continue;
      if (listener.sent !== id) {
        listener.sent = id;
        response.write(`id: ${id}\ndata: ${JSON.stringify({ run, ...now })}\n\n`);
      } else if (Date.now() - listener.breath > breatheEveryMs) {
        response.write(': still here\n\n');
      } else continue;
      listener.breath = Date.now();
    }
  };

  return {
    attach: (request, response) => {
      if (listeners.size >= maxListeners) {
        response.writeHead(503, { 'retry-after': '5' }).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      const last = request.headers['last-event-id'];
      listeners.set(response, { sent: typeof last === 'string' ? last : '', breath: Date.now() });
      timer ??= setInterval(look, lookEveryMs);
      response.once('close', () => {
        listeners.delete(response);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
      look();
    },
    close: () => {
      clearInterval(timer);
      for (const response of listeners.keys()) response.end();
    },
  };
}
