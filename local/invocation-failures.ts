import type { AsyncSettings } from './invocation-settings.ts';
import type { Invocation, JournalEntry, Objects, Queues } from './parts.ts';
import { nameInArn } from './properties.ts';

export interface GivenUp {
  id: string;
  payload: unknown;
  acceptedAt: number;
  attempts: number;
  at: number;
  condition: 'RetriesExhausted' | 'EventAgeExceeded';
  result: Exclude<Invocation, { outcome: 'answered' }>;
}

/** What puts the failure where the template wants it; `nowhere` when it names no place that exists. */
export async function deadLetter(
  failure: GivenUp,
  { name, arn, onFailureArn, deadLetterArn }: AsyncSettings,
  { queues, objects }: { queues: Queues; objects: Objects },
): Promise<JournalEntry[] | 'nowhere'> {
  const error = failure.result.outcome === 'failed' ? failure.result.error : undefined;
  const entries: JournalEntry[] = [];
  if (deadLetterArn) {
    const attributes = {
      RequestID: failure.result.requestId,
      ErrorCode: error ? '200' : '429',
      ErrorMessage: (error?.errorMessage ?? 'Rate Exceeded.').slice(0, 1024),
    };
    const entry = queues.sending(deadLetterArn, { body: JSON.stringify(failure.payload), attributes });
    if (entry) entries.push(entry);
  }
  if (!onFailureArn) return entries.length > 0 ? entries : 'nowhere';
  const body = JSON.stringify(invocationRecord(failure, arn));
  const bucket = nameInArn(onFailureArn);
  if (onFailureArn.startsWith('arn:aws:s3:') && objects.buckets().includes(bucket)) {
    await objects.put(bucket, objectKey(name, failure), Buffer.from(body));
    return entries;
  }
  const entry = queues.sending(onFailureArn, { body, attributes: {} });
  if (entry) entries.push(entry);
  return entries.length > 0 ? entries : 'nowhere';
}

function invocationRecord({ id, payload, at, attempts, condition, result }: GivenUp, functionArn: string) {
  return {
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId: id,
      functionArn: `${functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: payload,
    responseContext:
      result.outcome === 'failed'
        ? { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' }
        : { statusCode: 429 },
    ...(result.outcome === 'failed' && { responsePayload: result.error }),
  };
}

/** aws/lambda/async/FUNCTION/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-ID */
function objectKey(name: string, { id, at }: GivenUp): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '.');
  return `aws/lambda/async/${name}/${time.slice(0, 10).replaceAll('-', '/')}/${time}-${id}`;
}
