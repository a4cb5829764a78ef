import { commandOf, optionsOf, whole } from './command-line.ts';

const command = commandOf({
  usage: 'npm run count -- --to 3\n',
  read: (given) => {
    const { help, to } = optionsOf(given, { to: { type: 'string', default: '1' } });
    return { help, to: whole('to', to) };
  },
  run: ({ to }, out) => {
    out.write(`counted to ${to}`);
    return Promise.resolve(0);
  },
});

const run = async (...given: string[]) => {
  const written = { out: '', err: '' };
  const to = (name: keyof typeof written) => ({
    isTTY: false,
    write: (text: string | Uint8Array) => (written[name] += String(text)) !== '',
  });
  return { code: await command(given, to('out'), to('err')), ...written };
};

describe('a command that puts the system to the test', () => {
  it('given its options, then it runs with them', async () => {
    expect(await run('--to', '3')).toEqual({ code: 0, out: 'counted to 3', err: '' });
  });

  it.each([['--help'], ['-h']])(
    'given %s, then it ends with 0 and says on stdout how it is used',
    async (given) => {
      expect(await run(given)).toEqual({ code: 0, out: 'npm run count -- --to 3\n', err: '' });
    },
  );

  it.each([
    [['--to', 'many'], '--to takes a whole number, not "many".'],
    [['--from', '3'], "Unknown option '--from'"],
    [['3'], "Unexpected argument '3'"],
  ])('given %j, then it ends with 2 and says on stderr why, and how it is used', async (given, why) => {
    const { code, out, err } = await run(...given);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
    expect(err).toMatch(/\n\nnpm run count -- --to 3\n$/);
  });

  it('given anything else that fails, then it is not taken for a wrong argument', async () => {
    const failing = commandOf({
      usage: '',
      read: (): { help: boolean } => {
        throw new Error('of our own');
      },
      run: () => Promise.resolve(0),
    });
    const nowhere = { isTTY: false, write: () => true };
    await expect(failing([], nowhere, nowhere)).rejects.toThrow('of our own');
  });
});
