import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../local/template/synthesize.ts';
import { project } from '../support/project.ts';

let current: ReturnType<typeof project>;
let lines: string[];
/** The first word of each line. */
let notices: string[];

beforeEach(() => {
  current = project();
  notices = [];
});

afterEach(() => current.remove());

const run = async () => {
  lines = [];
  notices = [];
  return synthesize(current.root, (line) => {
    lines.push(line);
    notices.push(line.split(' ')[0] ?? '');
  });
};

test('the first time the app is synthesized; unchanged, it is read again', async () => {
  const first = await run();
  expect(lines).toEqual([
    'Synthesizing the CDK app (the first time; then only when infra/ or what it uses has changed) ...',
  ]);
  expect(first).toEqual({
    stackName: 'Orders',
    template: { Resources: {} },
    assets: new Map([
      ['a.zip', join(current.root, 'dist')],
      ['Orders.json', join(current.root, '.local/cdk.out/Orders.json')],
    ]),
    madeAt: expect.any(Number) as number,
  });
  expect(await run()).toEqual(first);
  expect(notices).toEqual([]);
});

test('a change of what the app is made of synthesizes again', async () => {
  const madeOf = {
    'infra/': 'infra/other.ts',
    'the names shared with infra/': 'src/adapters/names.ts',
    'the construct for subscriptions': 'packages/order-events/src/cdk/subscription.ts',
    'the patterns that it checks': 'packages/event-pattern/src/index.ts',
    'the dependencies': 'package-lock.json',
    'the context': 'cdk.json',
  };
  await run();
  for (const [what, file] of Object.entries(madeOf)) {
    current.write(file, '{ }');
    await run();
    expect([what, ...lines]).toEqual([
      what,
      'Synthesizing the CDK app (infra/ or what it uses has changed since the last time) ...',
    ]);
  }
});

test('asked for twice at once, it is made once, and who waits says once for whom', async () => {
  const [one, other] = await Promise.all([run(), run()]);
  expect(other).toEqual(one);
  expect(current.read('runs.txt')).toBe('x');
  expect(lines).toEqual([
    `Waiting for process ${process.pid}, which synthesizes the CDK app or bundles its functions ...`,
  ]);
});

test('a change of src/ only bundles again, and so does one of the document that is served', async () => {
  await run();
  current.write('docs/openapi.json', '{ }');
  await run();
  expect(notices).toEqual(['Bundling']);
  current.write('src/code.ts', 'second');
  await run();
  expect(notices).toEqual(['Bundling']);
  expect(current.read('dist/index.js')).toBe('second');
  await run();
  expect(notices).toEqual([]);
});

test('so does code that something else has bundled meanwhile', async () => {
  await run();
  current.write('dist/index.js', 'of another branch');
  await run();
  expect(notices).toEqual(['Bundling']);
  expect(current.read('dist/index.js')).toBe('first');
});

test('bundles that are gone are made again', async () => {
  await run();
  rmSync(join(current.root, 'dist'), { recursive: true });
  await run();
  expect(lines).toEqual(['Synthesizing the CDK app (part of what was made the last time is gone) ...']);
  expect(current.read('dist/index.js')).toBe('first');
});

test('an app that fails is said with what it printed, and leaves nothing half made', async () => {
  current.write('src/code.ts', 'broken');
  await expect(run()).rejects.toThrow(/infra\/app\.ts failed:[^]*Unexpected "broken"/);
  current.write('src/code.ts', 'mended');
  await run();
  expect(notices).toEqual(['Synthesizing']);
});
