import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { nameIn, serviceIn } from '../aws/names.ts';
import { isRecord } from '../filter.ts';

/** Who put the message into the queue decides how it goes back. */
export type Route =
  /** EventBridge gave up the target of a rule. */
  | { by: 'rule'; rule: string; target: string }
  /** Lambda gave up an asynchronous invocation: a record of it, with the event inside. */
  | { by: 'function'; target: string }
  /** SQS moved it, as its receivers did not delete it. */
  | { by: 'queue'; target: string; attributes: Record<string, MessageAttributeValue> }
  | { by: 'nobody' };

export interface ReadMessage {
  route: Route;
  /** What is to be sent. */
  body: string;
  event: unknown;
  error: string;
  attempts?: number;
}

export function readMessage({ Body = '', Attributes = {}, MessageAttributes = {} }: Message): ReadMessage {
  const event = parsed(Body);
  const attribute = (name: string) => MessageAttributes[name]?.StringValue;
  const [rule, target] = [attribute('RULE_ARN'), attribute('TARGET_ARN')];
  if (rule !== undefined && target !== undefined) {
    const retries = attribute('RETRY_ATTEMPTS');
    return {
      route: { by: 'rule', rule, target },
      body: Body,
      event,
      error: `${attribute('ERROR_CODE') ?? 'unknown'}: ${attribute('ERROR_MESSAGE') ?? ''}`,
      ...(retries !== undefined && { attempts: Number(retries) + 1 }),
    };
  }
  const invocation = givenUp(event);
  if (invocation) return invocation;
  const source = Attributes.DeadLetterQueueSourceArn;
  const attempts = Number(Attributes.ApproximateReceiveCount ?? 0);
  if (source === undefined)
    return { route: { by: 'nobody' }, body: Body, event, error: attribute('ErrorMessage') ?? 'unknown' };
  const route: Route = { by: 'queue', target: source, attributes: MessageAttributes };
  return { route, body: Body, event, error: `not deleted by the receivers of ${nameIn(source)}`, attempts };
}

/** Lambda's record of an asynchronous invocation. */
function givenUp(record: unknown): ReadMessage | undefined {
  if (!isRecord(record) || !isRecord(record['requestContext']) || !('requestPayload' in record))
    return undefined;
  const { functionArn, condition, approximateInvokeCount } = record['requestContext'];
  if (typeof functionArn !== 'string') return undefined;
  const answer = isRecord(record['responsePayload']) ? record['responsePayload'] : {};
  const event = record['requestPayload'];
  return {
    route: { by: 'function', target: functionArn.replace(/:\$LATEST$/, '') },
    body: JSON.stringify(event),
    event,
    error: `${String(condition)}: ${textIn(answer['errorMessage']) || textIn(answer['errorType'])}`,
    attempts: Number(approximateInvokeCount),
  };
}

export function destinationOf(route: Route): string {
  if (route.by === 'nobody') return 'unknown';
  return `${serviceIn(route.target) === 'lambda' ? 'function' : serviceIn(route.target)} ${nameIn(route.target)}`;
}

/** The id that every copy of an order's event has; the envelope's where the event is another. */
export function eventIdOf(event: unknown): string | undefined {
  if (!isRecord(event)) return undefined;
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const metadata = isRecord(detail['metadata']) ? detail['metadata'] : {};
  const id = metadata['eventId'] ?? event['id'];
  return typeof id === 'string' ? id : undefined;
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
