import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import {
  HISTORY_KEYS,
  IDEMPOTENCY_KEYS,
  ORDERS_INDEXES,
  ORDERS_KEYS,
  USERS_INDEX,
  USERS_KEYS,
} from '../src/adapters/names.ts';
import { acknowledge } from './acknowledge.ts';
import { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

export class Tables extends Construct {
  readonly orders: Table;
  readonly users: Table;
  readonly idempotency: Table;
  readonly history: Table;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);

    const encryptionKey = Keys.of(this)?.data;
    const common = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.protectData,
      removalPolicy: stage.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(encryptionKey && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
    };

    this.orders = new Table(this, 'Orders', {
      ...common,
      tableName: 'Orders',
      partitionKey: text(ORDERS_KEYS.partition),
      sortKey: text(ORDERS_KEYS.sort),
      timeToLiveAttribute: ORDERS_KEYS.ttl,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    for (const { name, partition, sort } of Object.values(ORDERS_INDEXES)) {
      this.orders.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: text(partition),
        sortKey: text(sort),
      });
    }

    this.users = new Table(this, 'Users', {
      ...common,
      tableName: 'Users',
      partitionKey: text(USERS_KEYS.partition),
    });
    this.users.addGlobalSecondaryIndex({
      indexName: USERS_INDEX.name,
      partitionKey: text(USERS_INDEX.partition),
      sortKey: text(USERS_INDEX.sort),
    });

    this.idempotency = new Table(this, 'Idempotency', {
      ...common,
      tableName: 'IdempotencyKeys',
      partitionKey: text(IDEMPOTENCY_KEYS.partition),
      timeToLiveAttribute: IDEMPOTENCY_KEYS.ttl,
    });

    this.history = new Table(this, 'History', {
      ...common,
      tableName: 'OrderHistory',
      partitionKey: text(HISTORY_KEYS.partition),
      sortKey: text(HISTORY_KEYS.sort),
      timeToLiveAttribute: HISTORY_KEYS.ttl,
    });

    acknowledge(this, {
      'NIST.800.53.R5-DynamoDBInBackupPlan':
        'Point-in-time recovery holds each second of 35 days; a plan for longer is the organization’s, by the tags.',
    });
  }
}
