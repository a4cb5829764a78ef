import {
  DeleteRuleCommand,
  DescribeEventBusCommand,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../aws/clients.ts';
import { isNamed } from '../aws/failures.ts';
import { Failed } from '../command.ts';

/** Every name begins so: a rule or queue of a template is never met. */
export const PREFIX = 'scratch-';

type Aws = Pick<Clients, 'events' | 'sqs'>;

export interface Attached {
  rule: string;
  ruleArn: string;
  queue: string;
  queueArn: string;
  queueUrl: string;
}

const targetId = 'queue';
const retentionSeconds = 24 * 60 * 60;

/** A rule with a queue of its own, or the rule that is there with another pattern. */
export async function attach(name: string, bus: string, pattern: string, aws: Aws): Promise<Attached> {
  const { events, sqs } = aws;
  const { Arn: busArn = '' } = await events.send(new DescribeEventBusCommand({ Name: bus }));
  const ruleArn = busArn.replace(/:event-bus\/.*$/, `:rule/${bus === 'default' ? '' : `${bus}/`}${name}`);
  const queueArn = busArn.replace(/:events:(.*):event-bus\/.*$/, `:sqs:$1:${name}`);
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        MessageRetentionPeriod: String(retentionSeconds),
        Policy: JSON.stringify(policyOf(queueArn, ruleArn)),
      },
    }),
  );
  const Description = 'To try a pattern: orders events detach removes it';
  await events.send(
    new PutRuleCommand({ Name: name, EventBusName: bus, EventPattern: pattern, Description }),
  );
  const { FailedEntries = [] } = await events.send(
    new PutTargetsCommand({ Rule: name, EventBusName: bus, Targets: [{ Id: targetId, Arn: queueArn }] }),
  );
  const [failed] = FailedEntries;
  if (failed)
    throw new Failed(`The queue cannot be a target: ${failed.ErrorMessage ?? failed.ErrorCode ?? ''}.`);
  return { rule: name, ruleArn, queue: name, queueArn, queueUrl };
}

export interface Detached {
  rule: boolean;
  queue: boolean;
  /** Why there is a queue of the name still. */
  left: string | undefined;
}

/** Removes the rule, and its queue though the rule be gone already; never the queue of another bus's rule. */
export async function detach(name: string, bus: string, { events, sqs }: Aws): Promise<Detached> {
  const rule = (await scratchRules(bus, { events })).includes(name);
  if (rule) {
    await events.send(new RemoveTargetsCommand({ Rule: name, EventBusName: bus, Ids: [targetId] }));
    await events.send(new DeleteRuleCommand({ Name: name, EventBusName: bus }));
  }
  const QueueUrl = await urlOf(name, { sqs });
  if (QueueUrl === undefined) return { rule, queue: false, left: undefined };
  const of = await busOf(QueueUrl, { sqs });
  if (of === undefined) return { rule, queue: false, left: 'its policy names no rule' };
  if (of !== bus) return { rule, queue: false, left: `its rule is on the bus ${of} (--bus ${of})` };
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  return { rule, queue: true, left: undefined };
}

export async function scratchRules(bus: string, { events }: Pick<Aws, 'events'>): Promise<string[]> {
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: bus, NamePrefix: PREFIX }));
  return Rules.map(({ Name = '' }) => Name);
}

async function urlOf(QueueName: string, { sqs }: Pick<Aws, 'sqs'>): Promise<string | undefined> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  } catch (error) {
    if (isNamed(error, 'QueueDoesNotExist')) return undefined;
    throw error;
  }
}

/** That of the rule which the queue's policy, as `attach` writes it, lets send. */
async function busOf(QueueUrl: string, { sqs }: Pick<Aws, 'sqs'>): Promise<string | undefined> {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] });
  const { Policy = '' } = (await sqs.send(asked)).Attributes ?? {};
  const [named, bus = 'default'] = /:rule\/(?:([^"]+)\/)?[^"/]+"/.exec(Policy) ?? [];
  return named === undefined ? undefined : bus;
}

const policyOf = (queueArn: string, ruleArn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    },
  ],
});
