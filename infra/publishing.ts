import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Stage } from './stages.ts';

/** On this bus only, as ourselves only, events of these types only. */
export const publishing = (eventBus: IEventBus, stage: Stage, types: string[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['events:PutEvents'],
    resources: [eventBus.eventBusArn],
    conditions: {
      // Not ForAllValues, which also holds for an event without a source or type.
      StringEquals: { 'events:source': stage.eventSource, 'events:detail-type': types },
    },
  });
