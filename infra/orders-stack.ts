import { CfnOutput, CfnParameter, DefaultStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuditLog } from './audit-log.ts';
import { dashboardUrl } from './console-link.ts';
import { eventBusArnOf, eventBusOf, foreignBusArnOf } from './event-bus.ts';
import { EventSchemas } from './event-schemas.ts';
import { forwardingTo } from './forwarding.ts';
import { Functions } from './functions.ts';
import { OrderHistory } from './history.ts';
import { OrdersHttpApi } from './http-api.ts';
import { Keys } from './keys.ts';
import { LogQueries } from './log-queries.ts';
import { Monitoring } from './monitoring.ts';
import { type CodeOf, SERVICE_NAME } from './orders-function.ts';
import { Reconciler } from './reconciler.ts';
import type { Stage } from './stages.ts';
import { OrdersStream } from './stream.ts';
import { Subscription } from './subscription.ts';
import { Tables } from './tables.ts';
import { OrdersUserPool } from './user-pool.ts';

export interface OrdersStackProps {
  stage: Stage;
  code: CodeOf;
}

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { stage, code }: OrdersStackProps) {
    super(scope, id, {
      description: `Orders (${stage.name}): HTTP API, table, and the events of its changes`,
      // The CDK CLI checks the bootstrap stack by itself; the rule would cost the template a parameter.
      env: { account: stage.account, region: stage.region },
      terminationProtection: stage.protectData,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });

    for (const [key, value] of Object.entries({ service: SERVICE_NAME, stage: stage.name, ...stage.tags }))
      Tags.of(this).add(key, value);
    if (stage.customerManagedKeys) new Keys(this, eventBusArnOf(this, stage));

    const { issuer, audience, tokenClaims } = this.identity(stage, code);
    const tables = new Tables(this, 'Tables', stage);
    const { api, crudHandler, docs } = new Functions(this, 'Functions', { stage, code, tables });
    const http = new OrdersHttpApi(this, 'Http', { stage, handler: api, docs, issuer, audience });
    const { eventBus, ...bus } = eventBusOf(this, 'EventBus', stage);
    new EventSchemas(this, 'EventSchemas', stage);
    const stream = new OrdersStream(this, 'Stream', { stage, code, orders: tables.orders, eventBus });
    const audit = new AuditLog(this, 'Audit', { stage, eventBus });
    // What any team does.
    const sample = new Subscription(this, 'Sample', {
      stage,
      eventBus,
      name: 'order-notifications',
      description: 'Every event of orders, for the notifications team',
    });
    const history = new OrderHistory(this, 'OrderHistory', { stage, code, eventBus, table: tables.history });
    const { reconciler } = new Reconciler(this, 'Reconciler', { stage, code, eventBus, tables });
    const elsewhere = foreignBusArnOf(stage);
    const forwarding = elsewhere
      ? [forwardingTo(this, 'Forwarding', { stage, eventBus, to: elsewhere })]
      : [];
    const counting = [api, crudHandler, stream.reader, history.recorder, reconciler];
    const functions = [...counting, docs, ...(tokenClaims ? [tokenClaims] : [])];
    new LogQueries(this, 'LogQueries', functions);
    const { dashboard } = new Monitoring(this, 'Monitoring', stage, {
      api: http.api,
      apiFunction: api,
      crudHandler,
      functions,
      counting,
      streamReader: stream.reader,
      reconciler,
      ...(tokenClaims && { tokenClaims }),
      mapping: stream.mapping,
      eventBus,
      ...bus,
      subscriptions: [audit, history, sample, ...forwarding],
      orders: tables.orders,
    });

    new CfnOutput(this, 'ApiUrl', { value: http.url });
    new CfnOutput(this, 'EventBusArn', { value: eventBus.eventBusArn });
    new CfnOutput(this, 'OrdersTableName', { value: tables.orders.tableName });
    new CfnOutput(this, 'DashboardName', { value: dashboard.name });
    new CfnOutput(this, 'DashboardUrl', { value: dashboardUrl(this, dashboard.name) });
    if (sample.queue) new CfnOutput(this, 'SampleQueueUrl', { value: sample.queue.queueUrl });
  }

  private identity(stage: Stage, code: CodeOf) {
    if (stage.identity === 'cognito') {
      const { pool, client, issuer, audience, tokenClaims } = new OrdersUserPool(this, 'Identity', {
        stage,
        code,
      });
      new CfnOutput(this, 'UserPoolId', { value: pool.userPoolId });
      new CfnOutput(this, 'UserPoolClientId', { value: client.userPoolClientId });
      return { issuer, audience, tokenClaims };
    }
    const jwtIssuer = new CfnParameter(this, 'JwtIssuer', {
      description: 'The URL that tokens name as their issuer; its OpenID configuration holds the keys',
      allowedPattern: '^https?://[^ ]+$',
      constraintDescription: 'must be the URL that tokens name as their issuer',
    });
    const jwtAudience = new CfnParameter(this, 'JwtAudience', {
      description: 'The audience that tokens must be meant for',
      default: 'orders-api',
    });
    return { issuer: jwtIssuer.valueAsString, audience: jwtAudience.valueAsString };
  }
}
