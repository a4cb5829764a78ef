import { existsSync, rmSync } from 'node:fs';
import { onNewDirectory, verdict } from './verdict.ts';

/** Runs on a directory that is found with what was written. */
const run = async (found: () => { broken: string[] }) => {
  const written = { out: '', err: '' };
  const to = (name: keyof typeof written) => ({
    isTTY: false,
    write: (text: string | Uint8Array) => (written[name] += String(text)) !== '',
  });
  let directory = '';
  const code = await onNewDirectory('orders-verdict-', [to('out'), to('err')], (made) => {
    directory = made;
    expect(existsSync(made)).toBe(true);
    return Promise.resolve().then(found);
  });
  const isKept = existsSync(directory);
  rmSync(directory, { recursive: true, force: true });
  return { code, isKept, directory, ...written };
};

describe('the data directory of a run', () => {
  it('given that nothing is missing, then it goes', async () => {
    expect(await run(() => ({ broken: [] }))).toMatchObject({ code: 0, isKept: false, out: '', err: '' });
  });

  it('given a broken promise, then it is kept, and said where', async () => {
    const { code, isKept, directory, err } = await run(() => ({ broken: ['K1 is lost'] }));
    expect([code, isKept]).toEqual([1, true]);
    expect(err).toBe(`The data directory is kept: ${directory}\n`);
  });

  it('given a run that fails, then it is kept, and said why', async () => {
    const { code, isKept, out, err } = await run(() => {
      throw new Error('the runtime did not start');
    });
    expect([code, isKept, out]).toEqual([1, true, 'the runtime did not start\n']);
    expect(err).toContain('is kept');
  });
});

describe('the verdict', () => {
  it('given nothing, then it says so; given many, then their number and the first twenty', () => {
    expect(verdict([])).toBe('nothing is missing');
    const many = Array.from({ length: 21 }, (_, index) => `K${index} is lost`);
    expect(verdict(many).split('\n')).toEqual([
      '21 promises are broken:',
      ...many.slice(0, 20).map((one) => `  ${one}`),
    ]);
  });
});
