import type { HttpRequest, HttpResponse } from '../http.ts';
import { isRecord, type Properties } from '../properties.ts';

/** Who signed the request. Signatures are not checked: only this machine can call. */
export type Caller =
  { kind: 'function'; functionName: string } | { kind: 'user'; accessKeyId: string } | { kind: 'anonymous' };

export interface AwsCall {
  /** As in the endpoint's prefix: dynamodb, streams.dynamodb, events, sqs, s3, lambda, logs, monitoring, secretsmanager. */
  service: string;
  operation: string;
  caller: Caller;
  request: HttpRequest;
}

export class AwsError extends Error {
  constructor(
    /** As in `__type`, S3's Code, or X-Amzn-ErrorType. */
    readonly code: string,
    message: string,
    readonly status = 400,
    /** What clients of the older query protocol know the error by. */
    readonly queryCode?: string,
    /** Further fields of the answer, in services that speak JSON. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** As AWS answers before a service sees the request: each service in its own form. */
export class AccessDenied extends AwsError {
  constructor(service: string, message: string) {
    super(
      service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
      message,
      ['s3', 'sqs', 'lambda'].includes(service) ? 403 : 400,
      service === 'sqs' ? 'AccessDenied' : undefined,
    );
  }
}

export interface AwsService {
  name: string;
  /** The operation's name as AWS writes it, unknown ones included. */
  operationOf(request: HttpRequest): string;
  answer(call: AwsCall): Promise<HttpResponse>;
  refuse(error: AwsError, request: HttpRequest): HttpResponse;
}

export const unknownOperation = (
  service: string,
  operation: string,
  supported: readonly string[],
): AwsError =>
  new AwsError(
    'UnknownOperationException',
    `${service} ${operation} is not run on this machine. Supported: ${supported.join(', ')}.`,
  );

/** A service that speaks JSON with X-Amz-Target: PREFIX.Operation. */
export function jsonService(options: {
  name: string;
  contentType: string;
  /** What stands before the error code in `__type`. */
  errorPrefix?: string;
  operations: Record<string, (input: Properties, call: AwsCall) => Promise<object> | object>;
}): AwsService {
  const { name, contentType, errorPrefix = '', operations } = options;
  return {
    name,
    operationOf: targetOperation,
    answer: async (call) => {
      const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
      if (!operation) throw unknownOperation(name, call.operation, Object.keys(operations));
      const output = await operation(parseInput(call.request.body), call);
      return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output) };
    },
    refuse: (error) => {
      const { code, message, status, queryCode, details } = error;
      const body =
        error instanceof AccessDenied
          ? { __type: (errorPrefix && 'com.amazon.coral.service#') + code, Message: message }
          : { __type: errorPrefix + code, message, ...details };
      return {
        status,
        headers: {
          'content-type': contentType,
          ...(queryCode && { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` }),
        },
        body: JSON.stringify(body),
      };
    },
  };
}

const targetOperation = ({ headers }: HttpRequest): string => {
  const target = String(headers['x-amz-target'] ?? '');
  return target.slice(target.indexOf('.') + 1);
};

export function parseInput(body: Buffer): Properties {
  try {
    const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (isRecord(input)) return input;
  } catch {
    // Answered below.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}
