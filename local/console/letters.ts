import { isRecord, nameInArn, record, text, type Properties } from '../properties.ts';
import type { Message } from '../queues/message.ts';

/** Who gave the message up decides where it goes when it is sent again. */
export type Route =
  | { by: 'rule'; bus: string; rule: string; target: string }
  | { by: 'function'; function: string; payload: unknown }
  | { by: 'queue'; source: string }
  | { by: 'nobody' };

export interface ReadLetter {
  route: Route;
  /** The event in it, as JSON text. */
  body: string;
  error: string;
  attempts: number | null;
}

export function readMessage(message: Message): ReadLetter {
  const { body, attributes, deadLetterSourceArn, receiveCount } = message;
  const attribute = (name: string) => attributes[name]?.StringValue;
  const [rule, target] = [attribute('RULE_ARN'), attribute('TARGET_ARN')];
  if (rule !== undefined && target !== undefined) {
    const [, bus = 'default'] = /:rule\/(.+)\/[^/]+$/.exec(rule) ?? [];
    const retries = attribute('RETRY_ATTEMPTS');
    return {
      route: { by: 'rule', bus, rule: nameInArn(rule), target },
      body,
      error: `${attribute('ERROR_CODE') ?? ''}: ${attribute('ERROR_MESSAGE') ?? ''}`,
      attempts: retries === undefined ? null : Number(retries) + 1,
    };
  }
  const given = parsed(body);
  const context = record(given, 'requestContext');
  const functionArn = context && text(context, 'functionArn');
  if (context && functionArn !== undefined && 'requestPayload' in given) {
    const answer = record(given, 'responsePayload') ?? {};
    const words = text(answer, 'errorMessage') ?? text(answer, 'errorType') ?? '';
    return {
      route: { by: 'function', function: functionArn, payload: given['requestPayload'] },
      body: JSON.stringify(given['requestPayload']),
      error: `${text(context, 'condition') ?? ''}: ${words}`,
      attempts: Number(context['approximateInvokeCount']),
    };
  }
  if (deadLetterSourceArn === undefined) {
    return { route: { by: 'nobody' }, body, error: attribute('ErrorMessage') ?? 'unknown', attempts: null };
  }
  return {
    route: { by: 'queue', source: deadLetterSourceArn },
    body,
    error: `not deleted by the consumer of ${nameInArn(deadLetterSourceArn)}`,
    attempts: receiveCount,
  };
}

export interface ReadObject {
  records: Properties[];
  error: string;
  attempts: number | null;
}

/** Change records that a function parked or its mapping gave up; undefined for an object that holds none. */
export function readObject(content: string): ReadObject | undefined {
  const given = parsed(content);
  const { reason, payload } = given;
  if (isRecord(payload)) return { records: [payload], error: String(reason), attempts: null };
  const context = record(given, 'requestContext');
  if (typeof payload !== 'string' || !context) return undefined;
  const { Records: batch } = parsed(payload);
  if (!Array.isArray(batch)) return undefined;
  const answer = text(record(given, 'responseContext') ?? {}, 'functionError');
  return {
    records: batch.filter(isRecord),
    error: [text(context, 'condition'), answer].filter((part) => part !== undefined).join(': '),
    attempts: Number(context['approximateInvokeCount']),
  };
}

function parsed(content: string): Properties {
  try {
    const value: unknown = JSON.parse(content);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
