import { Agent, request } from 'node:http';
import { request as requestTls } from 'node:https';

export interface Answer {
  status: number;
  body: string;
}

export interface Client {
  /** Rejects when the server cannot be reached or goes away before its answer. */
  call: (target: string, body: string) => Promise<Answer>;
  close(): void;
}

// Engines look for a signature's shape, not for its truth.
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

export function createClient(endpoint: string): Client {
  const url = new URL(endpoint);
  const secure = url.protocol === 'https:';
  const agent = secure ? undefined : new Agent({ keepAlive: true, maxSockets: 64 });
  const send = secure ? requestTls : request;
  return {
    call: (target, body) =>
      new Promise((resolve, reject) => {
        const outgoing = send(
          url,
          {
            method: 'POST',
            ...(agent && { agent }),
            headers: { ...headers, 'x-amz-target': target, 'content-length': Buffer.byteLength(body) },
          },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('error', reject);
            incoming.on('end', () =>
              resolve({ status: incoming.statusCode ?? 500, body: Buffer.concat(chunks).toString('utf8') }),
            );
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent?.destroy(),
  };
}
