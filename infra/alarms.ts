import { AlarmRule, AlarmState, type AlarmBase, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { feltTriggers } from './felt-triggers.ts';
import { lagTriggers } from './lag-triggers.ts';
import type { Monitored } from './monitored.ts';
import type { Stage } from './stages.ts';
import { subscriptionTriggers } from './subscription-triggers.ts';
import { alarmOf, described, type Trigger } from './trigger.ts';
import { otherTriggers } from './triggers.ts';

const COMBINED = {
  'NIST.800.53.R5-CloudWatchAlarmAction':
    'It calls nobody by itself, but as a part of a composite alarm, which does.',
};

export class Alarms extends Construct {
  private readonly called: Partial<Record<Trigger['calls'], SnsAction>>;

  constructor(scope: Construct, id: string, stage: Stage, monitored: Monitored) {
    super(scope, id);
    this.called = this.topics(stage);
    const raise = (trigger: Trigger) => this.calling(alarmOf(this, trigger), trigger.calls);

    const { fastHour, fastMinutes, slow } = lagTriggers();
    const lag = this.combined(
      {
        name: 'orders-publish-lag',
        says: 'Events are late, and go on being late: the promise of the month is used up in two days.',
        runbook: 'publish-lag',
        calls: 'nobody',
      },
      AlarmRule.allOf(...[fastHour, fastMinutes].map(raise).map(inAlarm)),
    );
    this.combined(
      {
        name: 'orders-customers-affected',
        says: 'Callers get errors or wait, or subscribers hear late of orders.',
        runbook: 'customers-affected',
        calls: 'page',
      },
      AlarmRule.anyOf(...[...feltTriggers(monitored).map(raise), lag].map(inAlarm)),
    );
    const { eventBus, subscriptions } = monitored;
    const bySubscription = subscriptions.flatMap((each) => subscriptionTriggers(eventBus, each));
    for (const trigger of [slow, ...otherTriggers(monitored), ...bySubscription]) raise(trigger);
  }

  private combined(
    about: Pick<Trigger, 'name' | 'says' | 'runbook' | 'calls'>,
    alarmRule: ReturnType<typeof AlarmRule.anyOf>,
  ): CompositeAlarm {
    const { name, calls } = about;
    const alarm = new CompositeAlarm(this, name, {
      compositeAlarmName: name,
      alarmDescription: described(about),
      alarmRule,
    });
    return this.calling(alarm, calls);
  }

  private calling<A extends AlarmBase>(alarm: A, calls: Trigger['calls']): A {
    const action = this.called[calls];
    if (action) alarm.addAlarmAction(action);
    else acknowledge(alarm, COMBINED);
    // Who was called at night hears that it is over, too.
    if (action && calls === 'page') alarm.addOkAction(action);
    return alarm;
  }

  private topics({ alarmEmails, pagerEmails }: Stage): Partial<Record<Trigger['calls'], SnsAction>> {
    const action = (id: string, topicName: string, addresses: readonly string[]) =>
      new SnsAction(new AlarmTopic(this, id, topicName, addresses));
    return {
      page: action('Pages', 'orders-pages', pagerEmails.length > 0 ? pagerEmails : alarmEmails),
      ticket: action('Tickets', 'orders-tickets', alarmEmails),
    };
  }
}

const inAlarm = (alarm: AlarmBase) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM);
