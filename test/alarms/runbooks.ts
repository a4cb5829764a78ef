import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../../docs/runbooks');

/** These have tests of their own, which run what they say in its order. */
const TESTED = ['redrive.md', 'reconcile.md'];

const linesOf = (files: readonly string[]) =>
  files.flatMap((file) => readFileSync(path.join(FOLDER, file), 'utf8').split('\n'));
const distinct = (lines: readonly (string | undefined)[]) => [
  ...new Set(lines.filter((line) => line !== undefined)),
];

const all = readdirSync(FOLDER).filter((file) => file.endsWith('.md'));

/** The arguments of each command of ours that a runbook gives. */
export const ORDERS_COMMANDS = distinct(
  linesOf(all.filter((file) => !TESTED.includes(file))).map(
    (line) => /^npm run -s orders -- (.+)$/.exec(line)?.[1],
  ),
);

/** Each `aws SERVICE OPERATION`, those within others too. */
export const AWS_OPERATIONS = distinct(
  linesOf(all).flatMap((line) =>
    [...line.matchAll(/(?:^|\$\()aws ([a-z0-9]+ [a-z0-9-]+)/g)].map(([, operation]) => operation),
  ),
);
