import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Stage } from './stages.ts';

export class OrdersEventBus extends EventBus {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, { eventBusName: 'orders', description: 'What happened to orders' });
    this.archive('Archive', {
      archiveName: 'orders',
      description: 'Every event of orders, to be replayed',
      eventPattern: { source: [stage.eventSource] },
      retention: Duration.days(stage.archiveDays),
    });
  }
}
