import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { Keys } from './keys.ts';

/** Signs the cursors of lists. A new value rotates it: the one before is read too (docs/runbooks/cursor-key.md). */
export class CursorKey extends Secret {
  constructor(scope: Construct, id: string) {
    const encryptionKey = Keys.of(scope)?.data;
    super(scope, id, {
      secretName: 'orders-cursor-key',
      description: 'Signs the cursors of lists',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      ...(encryptionKey && { encryptionKey }),
    });
    const byHand =
      'It gives no access: who has it may begin a list that he may read at a place of his choice. Rotated by one command.';
    acknowledge(this, {
      'AwsSolutions-SMG4': byHand,
      'NIST.800.53.R5-SecretsManagerRotationEnabled': byHand,
      ...(!encryptionKey && {
        'NIST.800.53.R5-SecretsManagerUsingKMSKey':
          'Encrypted by Secrets Manager, as the stage has no keys of its own.',
      }),
    });
  }
}
