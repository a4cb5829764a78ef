import type { Stack } from '../parts.ts';
import { isJson, nameInArn, record, text, type Properties } from '../properties.ts';
import { mostMessageBytes, queueSettings, type QueueSettings } from '../queues/settings.ts';
import type { QueueService } from '../queues/queues.ts';
import { between, invalidValue } from './sqs-errors.ts';
import { AwsError } from './service.ts';
import { queueAttributes } from './sqs-shapes.ts';

const limits = {
  VisibilityTimeout: [0, 43_200],
  DelaySeconds: [0, 900],
  MessageRetentionPeriod: [60, 1_209_600],
  MaximumMessageSize: [1_024, mostMessageBytes],
  ReceiveMessageWaitTimeSeconds: [0, 20],
} as const;
/** Taken as said: how it is encrypted makes no difference here. */
const others = ['RedrivePolicy', 'Policy', 'SqsManagedSseEnabled'];

/** Queues to try things with. Those of the template are the template's: to change one, change infra/. */
export function scratchQueueOperations(parts: {
  queues: QueueService;
  stack: Stack;
  urlOf: (name: string) => string;
  queueIn: (input: Properties) => QueueSettings;
}) {
  const { queues, stack, urlOf, queueIn } = parts;

  return {
    CreateQueue: async (input: Properties) => {
      const name = text(input, 'QueueName') ?? '';
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
        throw invalidValue(
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length. FIFO queues are not run on this machine.',
        );
      }
      const asked = checked(record(input, 'Attributes') ?? {});
      const known = queues.settings(name);
      if (known) {
        sameAs(known, asked);
        return { QueueUrl: urlOf(name) };
      }
      const settings = queueSettings(`arn:aws:sqs:${stack.region}:${stack.accountId}:${name}`, asked);
      const policy = text(asked, 'Policy');
      const { redrive } = settings;
      if (redrive && !queues.settings(nameInArn(redrive.deadLetterArn)))
        throw invalidValue(`The dead-letter queue ${redrive.deadLetterArn} does not exist.`);
      await queues.create({ ...settings, ...(policy !== undefined && { policy }) });
      return { QueueUrl: urlOf(name) };
    },
    DeleteQueue: async (input: Properties) => {
      const { name, declared } = queueIn(input);
      if (declared) {
        throw new AwsError(
          'UnsupportedOperation',
          `Queue ${name} is the template's: change it there.`,
          400,
          'AWS.SimpleQueueService.UnsupportedOperation',
        );
      }
      await queues.remove(name);
      return {};
    },
  };
}

function checked(attributes: Properties): Properties {
  for (const name of Object.keys(attributes)) {
    const value = text(attributes, name) ?? '';
    if (name in limits) {
      const [least, most] = limits[name as keyof typeof limits];
      if (!/^\d+$/.test(value)) throw invalidValue(`Invalid value for the parameter ${name}.`);
      between(attributes, name, least, most);
    } else if (name.endsWith('Policy')) {
      if (!isJson(value)) throw invalidValue(`Invalid value for the parameter ${name}.`);
    } else if (!others.includes(name)) {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`, 400, 'InvalidAttributeName');
    }
  }
  return attributes;
}

/** Creating a queue again is a way to ask for it, unless it would be another. */
function sameAs(known: QueueSettings, asked: Properties): void {
  const has = queueAttributes(known, { visible: 0, inFlight: 0, delayed: 0 });
  const other = Object.keys(asked).find((name) => name in has && has[name] !== text(asked, name));
  if (other === undefined) return;
  throw new AwsError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${other}`,
    400,
    'QueueAlreadyExists',
  );
}
