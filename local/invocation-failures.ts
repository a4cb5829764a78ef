import type { AsyncSettings } from './invocation-settings.ts';
import type { Invocation, JournalEntry } from './parts.ts';
import { AccessDenied, type Destinations } from './permitted.ts';
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

export interface Letter {
  entries: JournalEntry[];
  /** Whether anything of it is kept anywhere. */
  kept: boolean;
  /** Why the function's role may not keep it where the template wants it. */
  denied?: string;
}

/** Puts the failure where the template wants it, with what the entries put there too. */
export async function deadLetter(
  failure: GivenUp,
  { name, arn, onFailureArn, deadLetterArn }: AsyncSettings,
  { queues, objects }: Destinations,
): Promise<Letter> {
  const error = failure.result.outcome === 'failed' ? failure.result.error : undefined;
  const letter: Letter = { entries: [], kept: false };
  type Kept = JournalEntry | 'kept' | undefined;
  const attempt = async (keep: () => Promise<Kept> | Kept): Promise<void> => {
    try {
      const kept = await keep();
      letter.kept ||= kept !== undefined;
      if (kept !== undefined && kept !== 'kept') letter.entries.push(kept);
    } catch (thrown) {
      if (!(thrown instanceof AccessDenied)) throw thrown;
      letter.denied = thrown.message;
    }
  };

  if (deadLetterArn !== undefined) {
    const attributes = {
      RequestID: failure.result.requestId,
      ErrorCode: error ? '200' : '429',
      ErrorMessage: (error?.errorMessage ?? 'Rate Exceeded.').slice(0, 1024),
    };
    const message = { body: JSON.stringify(failure.payload), attributes };
    await attempt(() => queues.sending(deadLetterArn, message));
  }
  if (onFailureArn !== undefined) {
    const body = JSON.stringify(invocationRecord(failure, arn));
    const bucket = nameInArn(onFailureArn);
    await attempt(async () => {
      if (!onFailureArn.startsWith('arn:aws:s3:') || !objects.buckets().includes(bucket))
        return queues.sending(onFailureArn, { body, attributes: {} });
      await objects.put(bucket, objectKey(name, failure), Buffer.from(body));
      return 'kept';
    });
  }
  return letter;
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
