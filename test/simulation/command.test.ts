import { command } from './command.ts';

/** In this process, but where a test asks for others. */
const run = async (...options: string[]) => {
  const given = options.includes('--workers') ? options : [...options, '--workers', '1'];
  const written = { out: '', err: '' };
  const to = (name: keyof typeof written) => ({
    isTTY: false,
    write: (text: string | Uint8Array) => {
      written[name] += String(text);
      return true;
    },
  });
  return { code: await command(given, to('out'), to('err')), ...written };
};

describe('npm run simulate', () => {
  it('given seeds that keep every promise, then it ends with 0, and draws no bar where nobody looks', async () => {
    const { code, out, err } = await run('--seeds', '3', '--ops', '30');
    expect(code).toBe(0);
    expect(out).toContain('every promise was kept');
    expect(err).toBe('');
  });

  it('given --json twice, then both say the same but for the time that it took', async () => {
    const reports = [
      await run('--seeds', '3', '--ops', '30', '--json'),
      await run('--seeds', '3', '--ops', '30', '--json'),
    ];
    const [first, second] = reports.map(
      ({ out }) => JSON.parse(out) as { trace: string; changes: number; seconds: number },
    );
    expect(first?.changes).toBeGreaterThan(0);
    expect({ ...second, seconds: 0 }).toEqual({ ...first, seconds: 0 });
  });

  it('given more processes, then they say the same', async () => {
    const [one, two] = [
      await run('--changes', '150', '--ops', '30', '--json', '--workers', '1'),
      await run('--changes', '150', '--ops', '30', '--json', '--workers', '2'),
    ].map(({ out }) => JSON.parse(out) as { trace: string; seeds: number; seconds: number });
    expect(one?.seeds).toBeGreaterThan(2);
    expect({ ...two, seconds: 0 }).toEqual({ ...one, seconds: 0 });
  });

  it('given a seed that fails, then it ends with 1 and prints the few faults that it takes, and how to repeat it', async () => {
    const { code, out } = await run('--seeds', '1', '--from', '3', '--ops', '60', '--bug', '1');
    expect(code).toBe(1);
    const line = /npm run simulate -- (.*)/.exec(out)?.[1] ?? '';
    expect(line).toMatch(/^--seeds 1 --from 3 --ops 60 --faults F\d+@\d+ --bug 1$/);
    const again = await run(...line.split(' '));
    expect(again.code).toBe(1);
    expect(again.out).toContain(line);
  });

  it('given --changes, then it goes on until so many are committed', async () => {
    const { out } = await run('--changes', '100', '--ops', '30', '--json');
    expect((JSON.parse(out) as { changes: number }).changes).toBeGreaterThanOrEqual(100);
  });

  it.each([[['--seeds', 'many']], [['--faults', 'F99@1']], [['--bug', '99']], [['--unknown']]])(
    'given %j, then it ends with 2 and says why',
    async (given) => {
      const { code, err } = await run(...given);
      expect(code).toBe(2);
      expect(err).toContain('npm run simulate');
    },
  );
});
