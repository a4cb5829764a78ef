import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { openServer, PortTaken } from '../../local/server.ts';
import { startEdges, type Running } from './support/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startEdges([]);
});
afterAll(() => running.stop());

/** A request written by hand; the status line's number. */
const status = (lines: string[], port = running.server.port) =>
  new Promise<number>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write([...lines, 'connection: close', '', ''].join('\r\n'));
    });
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.once('end', () => resolve(Number(text.split(' ')[1])));
    socket.once('error', reject);
  });

/** Whether a port below 1024 is for some users only, as on Linux it is unless set otherwise. */
const isReserved = (port: number): boolean => {
  try {
    return port < Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  } catch {
    return false;
  }
};

describe('the server', () => {
  test('says that its port is taken', async () => {
    await expect(openServer({ port: running.server.port })).rejects.toEqual(
      new PortTaken(running.server.port),
    );
  });

  (isReserved(80) ? test : test.skip)('says that its port is not for this user', async () => {
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65_534);
    try {
      await expect(openServer({ port: 80 })).rejects.toThrow(
        'Port 80 is not for this user: choose one above 1023 with --port.',
      );
    } finally {
      if (user === 0) process.seteuid?.(user);
    }
  });

  test('answers 503 until it is given what to serve', async () => {
    const server = await openServer({ port: 0 });
    expect((await fetch(server.url)).status).toBe(503);
    await server.close();
  });

  test('refuses names that are not this machine’s', async () => {
    const { port } = running.server;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect(await status(['GET /_issuer/.well-known/jwks.json HTTP/1.1', `host: ${host}`])).toBe(200);
    }
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1:1',
      `localhost.evil.example:${port}`,
    ]) {
      for (const path of ['/', '/_aws/b', '/_issuer/token', '/_console']) {
        expect(await status([`GET ${path} HTTP/1.1`, `host: ${host}`])).toBe(403);
      }
    }
  });

  test('refuses browsers of other origins, but not at the API', async () => {
    const host = `host: 127.0.0.1:${running.server.port}`;
    const own = `origin: ${running.url}`;
    for (const path of ['/_issuer/.well-known/jwks.json', '/_aws/']) {
      const get = (...headers: string[]) => status([`GET ${path} HTTP/1.1`, host, ...headers]);
      for (const foreign of [
        'origin: https://evil.example',
        'origin: null',
        'origin: http://127.0.0.1:1',
        'sec-fetch-site: cross-site',
        'sec-fetch-site: same-site',
      ]) {
        expect(await get(foreign)).toBe(403);
      }
      for (const ours of [[own], [own, 'sec-fetch-site: same-origin'], ['sec-fetch-site: none'], []]) {
        expect(await get(...ours)).toBe(200);
      }
    }
    expect(await status(['GET /x HTTP/1.1', host, 'origin: https://evil.example'])).toBe(404);
  });

  test('has no console yet, and does not take other paths for its own', async () => {
    expect((await fetch(`${running.url}/_console`)).status).toBe(404);
    const response = await fetch(`${running.url}/_awsome`);
    expect(response.headers.get('x-amzn-requestid')).toBeNull();
  });
});
