import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { MAXIMUM, ruleMetric, SUM } from './metrics.ts';
import type { Subscription } from './monitored.ts';
import type { Trigger } from './trigger.ts';

const QUARTER_OF_AN_HOUR = 900;

/** What raises an alarm for one rule of the bus and its dead-letter queue: the same for every subscription. */
export const subscriptionTriggers = (
  { eventBusName }: IEventBus,
  { name, deadLetters, recorder }: Subscription,
): Trigger[] => [
  {
    name: `${name}-undeliverable`,
    metric: ruleMetric(eventBusName, name, 'InvocationsFailedToBeSentToDlq'),
    above: 0,
    calls: 'page',
    says: `Events for ${name} reached neither its target nor its dead-letter queue: they are lost to it until they are replayed.`,
    runbook: 'undeliverable',
  },
  {
    name: `${name}-failed-invocations`,
    metric: ruleMetric(eventBusName, name, 'FailedInvocations'),
    above: 0,
    calls: 'ticket',
    says: `The bus gave up giving events to the target of ${name}.`,
    runbook: 'failed-invocations',
  },
  {
    name: `${name}-dead-letters`,
    metric: deadLetters.metricApproximateNumberOfMessagesVisible(MAXIMUM),
    above: 0,
    calls: 'ticket',
    says: `Events wait in ${name}-dlq, where SQS keeps them for 14 days.`,
    runbook: 'dead-letters',
  },
  {
    name: `${name}-dead-letters-old`,
    metric: deadLetters.metricApproximateAgeOfOldestMessage(MAXIMUM),
    above: QUARTER_OF_AN_HOUR,
    calls: 'page',
    says: `Events have waited in ${name}-dlq for over 15 minutes.`,
    runbook: 'dead-letters',
  },
  ...(recorder ? recorderTriggers(name, recorder) : []),
];

/** The rule has delivered once Lambda has the event: neither its metrics nor its queue say what becomes of it there. */
const recorderTriggers = (name: string, recorder: IFunction): Trigger[] => [
  {
    name: `${name}-events-waiting`,
    metric: recorder.metric('AsyncEventAge', MAXIMUM),
    above: QUARTER_OF_AN_HOUR * 1_000,
    calls: 'ticket',
    says: `Events have waited in Lambda for ${name} for over 15 minutes; at 6 h they go to ${name}-dlq.`,
    runbook: 'events-waiting',
  },
  {
    name: `${name}-events-lost`,
    metric: recorder.metric('DestinationDeliveryFailures', SUM),
    above: 0,
    calls: 'page',
    says: `Events that ${name} failed on reached not even its dead-letter queue: they are lost to it until they are replayed.`,
    runbook: 'undeliverable',
  },
];
