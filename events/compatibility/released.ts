import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OrderEventEnvelope, OrderEventType } from '../../packages/order-events/src/types.ts';
import type { DocumentedPattern } from '../documented-patterns.ts';
import { json } from '../json.ts';
import type { JsonSchema } from '../json-schema.ts';

const PACKAGE = fileURLToPath(new URL('../../packages/order-events', import.meta.url));
const RELEASED = path.join(PACKAGE, 'released');
const DIGESTS = path.join(RELEASED, 'digests.json');

export interface ReleasedSample {
  type: OrderEventType;
  name: string;
  event: OrderEventEnvelope;
}

/** What subscribers were told with a version, and may rely on for ever. */
export interface Release {
  version: string;
  schemas: Partial<Record<OrderEventType, JsonSchema>>;
  samples: ReleasedSample[];
  patterns: DocumentedPattern[];
}

const read = (...parts: string[]): unknown => JSON.parse(readFileSync(path.join(...parts), 'utf8'));
const names = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'));

/** [1, 0] of 1.0: versions are compared by their numbers. */
const numbers = (version: string): number[] => version.split('.').map(Number);
export const isLater = (version: string, than: string): boolean => {
  const [[major = 0, minor = 0], [oldMajor = 0, oldMinor = 0]] = [numbers(version), numbers(than)];
  return major > oldMajor || (major === oldMajor && minor > oldMinor);
};

const release = (version: string): Release => {
  const folder = path.join(RELEASED, version);
  const types = names(path.join(folder, 'schemas')) as OrderEventType[];
  return {
    version,
    schemas: Object.fromEntries(types.map((type) => [type, read(folder, 'schemas', `${type}.json`)])),
    samples: types.flatMap((type) =>
      names(path.join(folder, 'samples', type)).map((name) => ({
        type,
        name,
        event: read(folder, 'samples', type, `${name}.json`) as OrderEventEnvelope,
      })),
    ),
    patterns: read(folder, 'patterns.json') as DocumentedPattern[],
  };
};

/** The oldest first. */
export const releases = (): Release[] =>
  readdirSync(RELEASED, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => (isLater(a, b) ? 1 : -1))
    .map(release);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

const digestOf = (version: string): string => {
  const folder = path.join(RELEASED, version);
  const hash = createHash('sha256');
  for (const file of filesIn(folder)) {
    hash
      .update(path.relative(folder, file).replaceAll(path.sep, '/'))
      .update('\0')
      .update(readFileSync(file));
  }
  return hash.digest('hex');
};

const digests = (): Record<string, string> =>
  existsSync(DIGESTS) ? (read(DIGESTS) as Record<string, string>) : {};

/** The versions of which a file was changed, added or removed after the release, or all of them. */
export const tampered = (): string[] =>
  Object.entries(digests())
    .filter(([version, digest]) => !existsSync(path.join(RELEASED, version)) || digestOf(version) !== digest)
    .map(([version]) => version);

/** Keeps what is generated now as what was told with the version; a version is released once. */
export const keepRelease = (version: string, patterns: readonly DocumentedPattern[]): void => {
  const folder = path.join(RELEASED, version);
  if (existsSync(folder)) throw new Error(`${version} is released already`);
  mkdirSync(folder, { recursive: true });
  for (const part of ['schemas', 'samples']) {
    cpSync(path.join(PACKAGE, part), path.join(folder, part), { recursive: true });
  }
  writeFileSync(path.join(folder, 'patterns.json'), `${json(patterns)}\n`);
  writeFileSync(DIGESTS, `${json({ ...digests(), [version]: digestOf(version) })}\n`);
};
