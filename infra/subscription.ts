import { type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { patterns } from 'order-events';
import { OrderEventsSubscription, type SubscriptionTarget } from 'order-events/cdk';
import { acknowledge } from './acknowledge.ts';
import { DEAD_END } from './dead-letter-queue.ts';
import { Keys } from './keys.ts';
import type { Stage } from './stages.ts';

export interface SubscriptionProps {
  stage: Stage;
  eventBus: IEventBus;
  name: string;
  description: string;
  target?: SubscriptionTarget;
}

/** To every event, under the stage's key; its alarms are the stack's own, as those of the other rules. */
export class Subscription extends OrderEventsSubscription {
  constructor(scope: Construct, id: string, { stage, ...props }: SubscriptionProps) {
    const encryptionKey = Keys.of(scope)?.events;
    super(scope, id, {
      ...props,
      eventSource: stage.eventSource,
      pattern: patterns.all({ source: stage.eventSource }),
      alarms: false,
      ...(encryptionKey && { encryptionKey }),
    });
    acknowledge(this.deadLetters, DEAD_END);
  }
}
