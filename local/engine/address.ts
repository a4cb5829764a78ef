import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

export interface Address {
  host: string;
  port: number;
}

/**
 * The engine answers whoever asks, pages of any origin too: of all loopback addresses it gets one that cannot be guessed.
 * Systems other than Linux have but one.
 */
const loopback = () =>
  process.platform === 'linux' ? `127.${randomInt(256)}.${randomInt(256)}.${randomInt(2, 255)}` : '127.0.0.1';

/** With a port that is free there now. */
export const freeAddress = () =>
  new Promise<Address>((resolve, reject) => {
    const host = loopback();
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve({ host, port }));
    });
  });
