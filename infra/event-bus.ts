import { Duration } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { LogGroupTarget } from './log-group-target.ts';
import { StageLogGroup } from './log-group.ts';
import type { Stage } from './stages.ts';

export class OrdersEventBus extends Construct {
  readonly bus: EventBus;
  readonly auditRule: Rule;
  readonly auditDeadLetters: Queue;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const eventPattern = { source: [stage.eventSource] };

    this.bus = new EventBus(this, 'Bus', { eventBusName: 'orders', description: 'What happened to orders' });
    this.bus.archive('Archive', {
      archiveName: 'orders',
      eventPattern,
      retention: Duration.days(stage.archiveDays),
    });

    this.auditDeadLetters = new DeadLetterQueue(this, 'AuditDeadLetters', 'orders-audit-dlq');
    this.auditRule = new Rule(this, 'AuditRule', {
      ruleName: 'orders-audit',
      description: 'Keeps every event of orders in a log',
      eventBus: this.bus,
      eventPattern,
    });
    const logGroup = new StageLogGroup(this, 'AuditLogs', '/aws/events/orders-audit', stage);
    this.auditRule.addTarget(new LogGroupTarget(logGroup, this.auditDeadLetters));
  }
}
