import { type AddressInfo, createServer } from 'node:net';
import { type Address, freeAddress } from '../../../local/engine/address.ts';
import { startProcess } from '../../../local/engine/process.ts';
import { describeWithEngine, temporary } from '../support/engine.ts';

describeWithEngine('the address of the embedded engine', () => {
  const directory = temporary();
  const other = createServer();
  let taken: Address;
  beforeAll(async () => {
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    // The engine wants its port on no address of the machine.
    taken = { host: '127.0.0.2', port: (other.address() as AddressInfo).port };
  });
  afterAll(() => {
    other.close();
    directory.remove();
  });

  const start = (addresses: () => Promise<Address>) =>
    startProcess({
      directory: directory.path,
      settled: {},
      now: Date.now(),
      addresses,
      warn: (line) => expect(line).toBe(''),
      gaveUp: (error) => expect(error).toBeUndefined(),
    });

  test('given a port that something else has by now, then it gets the next one', async () => {
    // A new file is made by an engine of its own, which takes the first two.
    const places = [taken, await freeAddress(), taken, taken, await freeAddress()];
    const engine = await start(() => Promise.resolve(places.shift() ?? taken));
    expect(places).toEqual([]);
    expect(engine.endpoint).not.toContain(`:${taken.port}`);
    await engine.stop();
  });

  test('given none but such, then it is said in one sentence', async () => {
    await expect(start(() => Promise.resolve(taken))).rejects.toThrow(
      new RegExp(
        `^The DynamoDB engine did not start on .*port ${taken.port} is already in use.* Start again\\.$`,
      ),
    );
  });
});
