import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Signs the cursors of lists. A new value rotates it: the one before is read too (docs/runbooks/cursor-key.md). */
export class CursorKey extends Secret {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      secretName: 'orders-cursor-key',
      description: 'Signs the cursors of lists',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
  }
}
