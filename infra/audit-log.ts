import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { LogGroupTarget } from './log-group-target.ts';
import { StageLogGroup } from './log-group.ts';
import type { Stage } from './stages.ts';

export interface AuditLogProps {
  stage: Stage;
  eventBus: IEventBus;
}

/** Keeps every event of orders in a log group. */
export class AuditLog extends Construct {
  readonly name = 'orders-audit';
  readonly rule: Rule;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { stage, eventBus }: AuditLogProps) {
    super(scope, id);
    const logGroup = new StageLogGroup(this, 'Logs', `/aws/events/${this.name}`, stage);
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters', `${this.name}-dlq`);
    this.rule = new Rule(this, 'Rule', {
      ruleName: this.name,
      description: 'Keeps every event of orders in a log',
      eventBus,
      eventPattern: { source: [stage.eventSource] },
    });
    this.rule.addTarget(new LogGroupTarget(logGroup, this.deadLetters));
  }
}
