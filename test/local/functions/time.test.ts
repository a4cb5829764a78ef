import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../local/clock.ts';
import { createFunctions } from '../../../local/functions/functions.ts';
import { createLogGroups } from '../../../local/logs.ts';
import { recordedJournal } from '../support/recorded-journal.ts';
import { lambda, stackOf } from '../support/stack.ts';

const day = 24 * 3_600_000;
const handler = `
  const { statSync } = require('node:fs');
  class Later extends Date {
    isLater() { return true; }
  }
  exports.handler = async () => ({
    now: Date.now(),
    made: new Date().getTime(),
    text: Date.parse(Date()),
    given: [new Date(7).getTime(), new Date(2026, 0, 2).getDate(), Date.UTC(1970, 0, 1, 0, 0, 1)],
    name: Date.name,
    isItsOwnClass: new Date().constructor === Date && new Date() instanceof Date,
    isOfNode: [statSync(__filename).mtime, structuredClone(new Date())].map((date) => date instanceof Date),
    extended: [new Later().getTime(), new Later().isLater(), new Later() instanceof Date, new Later(7).getTime()],
  });
`;

test('given a clock that was moved, then a function has its time, and dates are otherwise as ever', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'functions-'));
  writeFileSync(join(directory, 'index.js'), handler);
  const clock = createClock();
  clock.advance('10d');
  const logs = createLogGroups({ clock, journal: recordedJournal() });
  const functions = createFunctions({
    stack: stackOf([lambda('f', { Handler: 'index.handler', Runtime: 'nodejs24.x' })]),
    codeOf: () => directory,
    awsUrl: 'http://127.0.0.1:1/_aws',
    logsOf: () => ({ ...logs, begin: () => undefined }),
    clock,
    ahead: clock.ahead,
  });
  const invocation = await functions.invoke('f', {});
  await functions.close();
  rmSync(directory, { recursive: true });
  const moved = expect.closeTo(Date.now() + 10 * day, -6) as number;
  expect(invocation).toMatchObject({
    payload: {
      now: moved,
      made: moved,
      text: moved,
      given: [7, 2, 1_000],
      name: 'Date',
      isItsOwnClass: true,
      isOfNode: [true, true],
      extended: [moved, true, true, 7],
    },
  });
});
