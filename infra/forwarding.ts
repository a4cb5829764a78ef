import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './stages.ts';
import { Subscription } from './subscription.ts';

export interface ForwardingProps {
  stage: Stage;
  eventBus: IEventBus;
  /** A bus of another account or region, whose policy lets this account put events. */
  to: string;
}

/** Hands every event on to a bus elsewhere: what that does not take for a day waits in a queue of ours. */
export const forwardingTo = (scope: Construct, id: string, { stage, eventBus, to }: ForwardingProps) => {
  const forwarding = new Subscription(scope, id, {
    stage,
    eventBus,
    name: 'orders-forwarding',
    description: 'Every event of orders, to a bus elsewhere',
    target: { bus: EventBus.fromEventBusArn(scope, `${id}Bus`, to) },
  });
  acknowledge(forwarding, {
    'NIST.800.53.R5-IAMNoInlinePolicy': 'For this role alone: a policy of its own could be given to others.',
  });
  return forwarding;
};
