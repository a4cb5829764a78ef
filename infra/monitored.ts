import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { OrdersFunction } from './orders-function.ts';

/** A rule of the bus with the queue for what its target could not be given. */
export interface Subscription {
  /** Of the rule. */
  readonly name: string;
  readonly deadLetters: IQueue;
  /** Its target, where that is a function: Lambda takes the events at once, and keeps them until the function has done them. */
  readonly recorder?: IFunction;
}

export interface Monitored {
  api: HttpApi;
  apiFunction: OrdersFunction;
  crudHandler: OrdersFunction;
  functions: readonly OrdersFunction[];
  /** Those that count their cold starts. */
  counting: readonly OrdersFunction[];
  streamReader: OrdersFunction;
  reconciler: OrdersFunction;
  /** Asked at each sign-in, where the stack has its own user pool. */
  tokenClaims?: OrdersFunction;
  mapping: EventSourceMapping;
  eventBus: IEventBus;
  /** Of a bus with a key of its own. */
  busDeadLetters?: IQueue;
  subscriptions: readonly Subscription[];
  orders: ITable;
}
