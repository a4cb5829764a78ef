import { synthesize } from '../../local/template/synthesize.ts';
import { watchCode } from '../../local/watch.ts';
import { until } from './support/clock.ts';
import { project } from './support/project.ts';

test('edited code is bundled and loaded; what cannot be bundled is shown, and the old code stays', async () => {
  const { root, write, read, remove } = project();
  await synthesize(root, () => undefined);
  const notices: string[] = [];
  let reloads = 0;
  const stop = watchCode({ root, reload: () => (reloads += 1), notice: (line) => notices.push(line) });

  write('src/code.ts', 'second');
  await until(() => reloads === 1, 'the new code is loaded');
  expect(read('dist/index.js')).toBe('second');
  expect(notices).toEqual([
    expect.stringMatching(/^src\/ has changed: the functions run the new code \(\d+ ms\)\.$/),
  ]);

  write('src/code.ts', 'broken');
  await until(() => notices.length === 2, 'the error is shown');
  expect(notices[1]).toMatch(/Unexpected "broken"[^]*The functions go on with the old code\.$/);
  expect(reloads).toBe(1);
  expect(read('dist/index.js')).toBe('second');

  write('infra/other.ts', '');
  await until(() => notices.length === 3, 'the change of infra/ is told');
  expect(notices[2]).toBe('infra/ has changed: start again to run it.');

  stop();
  remove();
});
