import { randomInt, randomUUID } from 'node:crypto';
import type { Clock, Journal, Stack } from './parts.ts';
import { numeric, record, text, type Properties } from './properties.ts';

export interface SecretVersion {
  id: string;
  value: string;
  createdAt: number;
}

export interface Secret {
  arn: string;
  name: string;
  /** The newest first; the second is AWSPREVIOUS. Older ones have no stage, and are forgotten. */
  versions: readonly SecretVersion[];
}

interface SecretEntry {
  arn: string;
  version: SecretVersion;
}

export interface Secrets {
  /** By ARN or name. */
  find(id: string): Secret | undefined;
  put(secret: Secret, value: string, versionId?: string): Promise<SecretVersion>;
  /** Makes the values that the template leaves to be made; after the journal is loaded, and once for each secret. */
  generate(): Promise<void>;
}

const part = 'secrets';

/** The template's secrets, their values kept in the journal as they are. */
export function createSecrets(parts: { stack: Stack; journal: Journal; clock: Clock }): Secrets {
  const { journal, clock } = parts;
  const resources = parts.stack.ofType('AWS::SecretsManager::Secret');
  const versions = new Map<string, SecretVersion[]>(resources.map(({ arn }) => [arn, []]));

  journal.register(part, {
    apply: (given) => {
      const { arn, version } = given as SecretEntry;
      const known = versions.get(arn);
      if (known) versions.set(arn, [version, ...known].slice(0, 2));
    },
    snapshot: () =>
      [...versions].flatMap(([arn, known]) =>
        known.map((version): SecretEntry => ({ arn, version })).reverse(),
      ),
  });

  const put = async (arn: string, value: string, id: string = randomUUID()) => {
    const version = { id, value, createdAt: clock.now() };
    await journal.append({ part, entry: { arn, version } satisfies SecretEntry });
    return version;
  };

  return {
    find: (id) => {
      const found = resources.find(({ arn }) => arn === id || nameOf(arn) === id);
      return found && { arn: found.arn, name: nameOf(found.arn), versions: versions.get(found.arn) ?? [] };
    },
    put: ({ arn }, value, versionId) => put(arn, value, versionId),
    generate: async () => {
      for (const { arn, properties } of resources) {
        if (versions.get(arn)?.length === 0) await put(arn, initialValue(properties));
      }
    },
  };
}

/** An ARN ends in the name and six characters of AWS's choosing. */
const nameOf = (arn: string): string => arn.replace(/^.*:secret:/, '').replace(/-[^-]{6}$/, '');

const letters = 'abcdefghijklmnopqrstuvwxyz';
const plain = `${letters}${letters.toUpperCase()}0123456789`;
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function initialValue(properties: Properties): string {
  const given = text(properties, 'SecretString');
  if (given !== undefined) return given;
  const wanted = record(properties, 'GenerateSecretString') ?? {};
  const alphabet = text(wanted, 'ExcludePunctuation') === 'true' ? plain : plain + punctuation;
  const length = numeric(wanted, 'PasswordLength') ?? 32;
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
