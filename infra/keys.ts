import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  type IPrincipal,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct, type IConstruct } from 'constructs';

type Conditions = Record<string, Record<string, unknown>>;

const through = (...services: string[]) => ({
  'kms:ViaService': services.map((service) => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`),
});

const allow = (principal: IPrincipal, actions: string[], conditions?: Conditions) =>
  new PolicyStatement({
    principals: [principal],
    actions: actions.map((action) => `kms:${action}`),
    resources: ['*'],
    ...(conditions && { conditions }),
  });

// IAM says who of the account; the policy says what for. Nobody may decrypt but through the service that encrypted.
const whomIamAllows = () => new AccountRootPrincipal();

const administration = () =>
  allow(whomIamAllows(), [
    ...['DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListGrants', 'ListKeyPolicies'],
    ...['ListKeyRotations', 'ListResourceTags', 'PutKeyPolicy', 'UpdateKeyDescription', 'CreateAlias'],
    ...['UpdateAlias', 'DeleteAlias', 'EnableKey', 'DisableKey', 'EnableKeyRotation', 'DisableKeyRotation'],
    ...['RotateKeyOnDemand', 'TagResource', 'UntagResource', 'RevokeGrant', 'ScheduleKeyDeletion'],
    'CancelKeyDeletion',
  ]);

const use = (...services: string[]) =>
  allow(whomIamAllows(), ['Decrypt', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'], {
    StringEquals: through(...services),
  });

/** DynamoDB keeps its tables by grants, which whoever makes a table gives it. */
const grantsForTables = () =>
  allow(whomIamAllows(), ['CreateGrant'], {
    StringEquals: through('dynamodb'),
    Bool: { 'kms:GrantIsForAWSResource': true },
  });

const events = () => new ServicePrincipal('events.amazonaws.com');

const ofThisAccount = { 'aws:SourceAccount': Aws.ACCOUNT_ID };

const eventBridge = (eventBusArn: string) => [
  // Its rules, into queues.
  allow(events(), ['Decrypt', 'GenerateDataKey'], { StringEquals: ofThisAccount }),
  // The bus and its archive, each under the name of the bus.
  allow(events(), ['Decrypt', 'GenerateDataKey', 'ReEncrypt*'], {
    StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': eventBusArn },
  }),
  allow(events(), ['DescribeKey']),
];

const alarms = (stack: Stack) =>
  allow(new ServicePrincipal('cloudwatch.amazonaws.com'), ['Decrypt', 'GenerateDataKey*'], {
    StringEquals: ofThisAccount,
    ArnLike: {
      'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }),
    },
  });

const logGroups = (stack: Stack) =>
  allow(
    new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`),
    ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*'],
    {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': ['lambda', 'events', 'vendedlogs'].map((kind) =>
          stack.formatArn({ service: 'logs', resource: `log-group:/aws/${kind}/orders-*` }),
        ),
      },
    },
  );

/** What a role's own action takes of the key that its resource is encrypted with. */
const USES: readonly { of: RegExp; key: 'data' | 'events'; via: string; actions: string[] }[] = [
  { of: /^dynamodb:/, key: 'data', via: 'dynamodb', actions: ['Decrypt'] },
  { of: /^secretsmanager:GetSecretValue$/, key: 'data', via: 'secretsmanager', actions: ['Decrypt'] },
  { of: /^s3:PutObject$/, key: 'data', via: 's3', actions: ['GenerateDataKey'] },
  { of: /^sqs:SendMessage$/, key: 'events', via: 'sqs', actions: ['Decrypt', 'GenerateDataKey'] },
];

/** The account's own keys: one for what is stored, one for events under way, one for logs, so that each can be given alone. */
export class Keys extends Construct {
  readonly data: IKey;
  readonly events: IKey;
  readonly logs: IKey;

  constructor(scope: Construct, eventBusArn: string) {
    super(scope, 'Keys');
    const stack = Stack.of(this);
    this.data = this.key('Data', 'what is stored', [
      use('dynamodb', 's3', 'secretsmanager'),
      grantsForTables(),
    ]);
    this.events = this.key('Events', 'events under way', [
      use('sqs', 'sns'),
      ...eventBridge(eventBusArn),
      alarms(stack),
    ]);
    this.logs = this.key('Logs', 'logs', [logGroups(stack)]);
  }

  /** Those of the stack that the construct is in; undefined where the stage has none of its own. */
  static of(scope: IConstruct): Keys | undefined {
    return Stack.of(scope).node.tryFindChild('Keys') as Keys | undefined;
  }

  /** For a role beside what it may do anyway: the same things, encrypted. */
  uses(statements: readonly PolicyStatement[]): PolicyStatement[] {
    const actions = statements.flatMap((statement) => statement.actions);
    return USES.filter(({ of }) => actions.some((action) => of.test(action))).map(
      ({ key, via, actions: needed }) =>
        new PolicyStatement({
          actions: needed.map((action) => `kms:${action}`),
          resources: [this[key].keyArn],
          conditions: { StringEquals: through(via) },
        }),
    );
  }

  private key(id: string, purpose: string, statements: PolicyStatement[]): IKey {
    const key = new Key(this, id, {
      description: `Orders: ${purpose}`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      policy: new PolicyDocument({ statements: [administration(), ...statements] }),
    });
    // By its ARN, so that CDK's constructs add nothing to a policy that is all here.
    return Key.fromKeyArn(this, `${id}Reference`, key.keyArn);
  }
}
