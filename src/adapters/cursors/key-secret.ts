import { createHash } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { translated } from '../unavailable.ts';
import type { ReadKeys, SigningKey } from './signing-keys.ts';

/** Short, as it stands in every cursor, and different even for ids of an operator's making that begin alike. */
const keyId = (versionId: string): string =>
  createHash('sha256').update(versionId).digest('base64url').slice(0, 8);

/** The versions of a secret as keys: putting a new value rotates, and the one before stays good. */
export const keySecret = (client: SecretsManagerClient, secretId: string): ReadKeys => {
  const version = async (stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<SigningKey> => {
    const { VersionId = '', SecretString = '' } = await translated(
      client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage })),
    );
    if (SecretString === '') throw new Error(`${secretId} has no text as ${stage}`);
    return { id: keyId(VersionId), secret: SecretString };
  };
  return async () => {
    const previous = version('AWSPREVIOUS').then(
      (key) => [key],
      (error: unknown) => {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      },
    );
    const [current, before] = await Promise.all([version('AWSCURRENT'), previous]);
    return [current, ...before];
  };
};
