import { Duration } from 'aws-cdk-lib';
import { type CfnRule, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../names.ts';
import { type SubscriptionAlarms, watch } from './alarms.ts';
import { checkedPattern } from './checked-pattern.ts';
import { admitAccount } from './cross-account.ts';
import { queueEncryption } from './queue-encryption.ts';
import { bindTarget, type SubscriptionTarget } from './target.ts';

export interface OrderEventsSubscriptionProps {
  /** Of the rule, of the queue, and before what else belongs to them: NAME-dlq, NAME-dead-letters, NAME-age. */
  name: string;
  /** The bus that has the events of orders, or one of your own account that they are handed on to. */
  eventBus: IEventBus;
  /** An event pattern as plain JSON: one of `patterns`, or written by hand. Refused where it cannot match any event. */
  pattern: object;
  /** Who gets the events; a queue of its own when not given. */
  target?: SubscriptionTarget;
  description?: string;
  /** The `source` that the events have; `orders.service` when not given. */
  eventSource?: string;
  /** How long EventBridge tries to deliver an event; 24 hours, in which it tries 185 times, when not given. */
  retry?: { maxEventAge?: Duration; attempts?: number };
  /** What is said when something is not delivered or not handled; false for none. */
  alarms?: false | SubscriptionAlarms;
  /**
   * For its queues, whose policy must let events.amazonaws.com Decrypt and GenerateDataKey, and receivers Decrypt; SQS's own
   * when not given.
   */
  encryptionKey?: IKey;
  /** The account that hands its events of orders on to `eventBus`, a bus of this one. */
  fromAccount?: string;
}

/**
 * What a team needs to hear of orders: a rule with a checked pattern, its target, a dead-letter queue that this rule may
 * send to, retries, and alarms on the dead letters and on the age of what waits.
 *
 * @throws Error at synthesis for a pattern that EventBridge would refuse or that no event of orders can match, saying why.
 */
export class OrderEventsSubscription extends Construct {
  readonly name: string;
  readonly rule: Rule;
  /** What could not be delivered; and what the receivers of the queue, or the function, gave up. Kept for 14 days. */
  readonly deadLetters: Queue;
  /** Where the target is a queue of its own. */
  readonly queue: Queue | undefined;

  constructor(scope: Construct, id: string, props: OrderEventsSubscriptionProps) {
    super(scope, id);
    const { name, eventBus, description, target = {}, retry = {}, alarms = {} } = props;
    const { eventSource = EVENT_SOURCE, fromAccount, encryptionKey } = props;
    const pattern = checkedPattern(props.pattern, name, eventSource);
    this.name = name;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: `${name}-dlq`,
      retentionPeriod: Duration.days(14),
      ...queueEncryption(encryptionKey),
      enforceSSL: true,
    });
    const { attempts: retryAttempts = 185, maxEventAge = Duration.hours(24) } = retry;
    const delivery = { deadLetterQueue: this.deadLetters, retryAttempts, maxEventAge };
    const bound = bindTarget(this, name, target, { ...delivery, ...(encryptionKey && { encryptionKey }) });
    this.queue = bound.queue;
    this.rule = new Rule(this, 'Rule', {
      ruleName: name,
      eventBus,
      ...(description !== undefined && { description }),
      eventPattern: { source: ['replaced below'] },
      targets: [bound.target],
    });
    // The pattern as it is: CDK's own form of it knows neither $or nor replay-name.
    (this.rule.node.defaultChild as CfnRule).eventPattern = pattern;
    if (fromAccount !== undefined) admitAccount(this, name, fromAccount, eventSource, eventBus);
    if (alarms !== false)
      watch(this, { name, deadLetters: this.deadLetters, waiting: bound.waiting }, alarms);
  }
}
