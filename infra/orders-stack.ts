import { CfnOutput, CfnParameter, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OrdersEventBus } from './event-bus.ts';
import { Functions } from './functions.ts';
import { OrdersHttpApi } from './http-api.ts';
import type { CodeOf } from './orders-function.ts';
import type { Stage } from './stages.ts';
import { OrdersStream } from './stream.ts';
import { SampleSubscriber } from './subscriber.ts';
import { Tables } from './tables.ts';

export interface OrdersStackProps {
  stage: Stage;
  code: CodeOf;
}

export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { stage, code }: OrdersStackProps) {
    super(scope, id, {
      description: `Orders (${stage.name}): HTTP API, table, and the events of its changes`,
      // The CDK CLI checks the bootstrap stack by itself; the rule would cost the template a parameter.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });

    const jwtIssuer = new CfnParameter(this, 'JwtIssuer', {
      description: 'The URL that tokens name as their issuer; its OpenID configuration holds the keys',
    });
    const jwtAudience = new CfnParameter(this, 'JwtAudience', {
      description: 'The audience that tokens must be meant for',
      default: 'orders-api',
    });

    const tables = new Tables(this, 'Tables', stage);
    const functions = new Functions(this, 'Functions', { stage, code, tables });
    const http = new OrdersHttpApi(this, 'Http', { stage, handler: functions.api, jwtIssuer, jwtAudience });
    const events = new OrdersEventBus(this, 'Events', stage);
    new OrdersStream(this, 'Stream', { stage, code, orders: tables.orders, bus: events.bus });
    const sample = new SampleSubscriber(this, 'Sample', { bus: events.bus, eventSource: stage.eventSource });

    new CfnOutput(this, 'ApiUrl', { value: http.url });
    new CfnOutput(this, 'EventBusArn', { value: events.bus.eventBusArn });
    new CfnOutput(this, 'OrdersTableName', { value: tables.orders.tableName });
    new CfnOutput(this, 'SampleQueueUrl', { value: sample.queue.queueUrl });
  }
}
