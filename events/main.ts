import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCHEMA_VERSION } from '../packages/order-events/src/names.ts';
import { check } from './compatibility/check.ts';
import { keepRelease, releases } from './compatibility/released.ts';
import { documentedPatterns } from './documented-patterns.ts';
import { GENERATED_FOLDERS, generatedFiles } from './generated.ts';
import { samples } from './samples.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const HELP = `npm run events                 writes types, schemas, samples, asyncapi.json and docs/events.md
npm run events -- check        says what differs from the last release, and whether subscribers can live with it
npm run events -- release      keeps what is generated as what this version told, for ever`;

const write = async (): Promise<void> => {
  const files = await generatedFiles();
  for (const folder of GENERATED_FOLDERS) rmSync(path.join(ROOT, folder), { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
  }
  console.log(`${files.size} files written`);
};

/** Exit code 1 where it must not be released so. */
const compare = (): number => {
  const last = releases().at(-1);
  if (!last) {
    console.log('Nothing was released yet.');
    return 0;
  }
  const { differences, refusal } = check(last);
  for (const { effect, type, path: field, what } of differences) {
    console.log(`${effect.padEnd(8)}  ${[type, field].filter((part) => part !== '').join(' ')}: ${what}`);
  }
  if (differences.length === 0) console.log(`No difference from ${last.version}.`);
  if (refusal !== undefined) console.error(refusal);
  return refusal === undefined ? 0 : 1;
};

const release = async (): Promise<number> => {
  if (releases().some(({ version }) => version === SCHEMA_VERSION)) {
    console.error(`${SCHEMA_VERSION} is released already: its files stay as they are.`);
    return 1;
  }
  if (compare() !== 0) return 1;
  await write();
  keepRelease(SCHEMA_VERSION, documentedPatterns(await samples()));
  console.log(`${SCHEMA_VERSION} is released.`);
  return 0;
};

const [command, ...rest] = process.argv.slice(2);
if (command === undefined) await write();
else if (command === 'check' && rest.length === 0) process.exitCode = compare();
else if (command === 'release' && rest.length === 0) process.exitCode = await release();
else {
  console.log(HELP);
  process.exitCode = command === '--help' ? 0 : 2;
}
