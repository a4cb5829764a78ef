import type { Invocations, JournalEntry, LogGroups } from '../parts.ts';
import { isRecord, nameInArn } from '../properties.ts';
import { sizeOf } from '../queues/message.ts';
import type { QueueService } from '../queues/queues.ts';

export interface DeliveryError {
  /** As EventBridge names it in a dead letter's ERROR_CODE. */
  code: string;
  message: string;
  retryable: boolean;
}

/** What a delivery puts in the journal, or why it failed. */
export type TargetOutcome = { entries: JournalEntry[] } | { error: DeliveryError };

export interface TargetParts {
  queues: QueueService;
  invocations: Invocations;
  logs: LogGroups;
  /** The entry that another bus accepts the event with; undefined for an unknown bus. */
  passingOn: (busArn: string) => { entry: JournalEntry } | { error: DeliveryError } | undefined;
}

/** Delivers `input` to the target with this ARN. */
export function deliverTo(arn: string, input: string, stream: string, parts: TargetParts): TargetOutcome {
  const [, , service] = arn.split(':');
  switch (service) {
    case 'sqs':
      return toQueue(arn, input, parts.queues);
    case 'lambda':
      return toFunction(arn, input, parts.invocations);
    case 'logs':
      return toLogGroup(arn, input, stream, parts.logs);
    case 'events': {
      const passed = parts.passingOn(arn);
      if (!passed) return missing(arn);
      return 'error' in passed ? passed : { entries: [passed.entry] };
    }
    default:
      return refused('INVALID_PARAMETER', `Targets of ${String(service)} are not run on this machine.`);
  }
}

function toQueue(arn: string, body: string, queues: QueueService): TargetOutcome {
  const entry = queues.sending(arn, { body, attributes: {} });
  if (!entry) return missing(arn);
  const { maxMessageBytes = Infinity } = queues.settings(nameInArn(arn)) ?? {};
  if (sizeOf(body, {}) > maxMessageBytes) {
    return refused(
      'INVALID_PARAMETER',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`,
    );
  }
  return { entries: [entry] };
}

function toFunction(arn: string, input: string, invocations: Invocations): TargetOutcome {
  let payload: unknown;
  try {
    payload = JSON.parse(input);
  } catch {
    return refused('INVALID_JSON', 'The input of the function is not valid JSON.');
  }
  const entry = invocations.accepting(arn, payload);
  return entry ? { entries: [entry] } : missing(arn);
}

function toLogGroup(arn: string, input: string, stream: string, logs: LogGroups): TargetOutcome {
  const group = arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
  return { entries: [logs.writing(group, stream, messageIn(input))] };
}

/** An input transformer for a log group gives {timestamp, message}. */
function messageIn(input: string): string {
  if (!/^\s*\{\s*"(timestamp|message)"/.test(input)) return input;
  try {
    const given: unknown = JSON.parse(input);
    if (!isRecord(given) || given['message'] === undefined) return input;
    return typeof given['message'] === 'string' ? given['message'] : JSON.stringify(given['message']);
  } catch {
    return input;
  }
}

const refused = (code: string, message: string): TargetOutcome => ({
  error: { code, message, retryable: false },
});
const missing = (arn: string) => refused('NO_RESOURCE', `The target ${arn} does not exist.`);
