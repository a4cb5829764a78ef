import type { HttpRequest, HttpResponse } from '../http.ts';
import type { Functions, Invocations } from '../parts.ts';
import type { Journal } from '../parts.ts';
import { AwsError, unknownOperation, type AwsService } from './service.ts';

const maxBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };

export function lambdaService(parts: {
  functions: Functions;
  invocations: Invocations;
  journal: Journal;
}): AwsService {
  const { functions, invocations, journal } = parts;

  async function invoke(name: string, request: HttpRequest): Promise<HttpResponse> {
    const known = functions.names().find((candidate) => isNamed(candidate, name));
    if (known === undefined)
      throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type === 'DryRun') return { status: 204 };
    if (type !== 'RequestResponse' && type !== 'Event') {
      throw new AwsError('InvalidParameterValueException', `Unsupported InvocationType: ${String(type)}`);
    }
    if (request.body.length > maxBytes[type]) {
      throw new AwsError(
        'RequestTooLargeException',
        `Request must be smaller than ${maxBytes[type]} bytes for the InvokeFunction operation`,
        413,
      );
    }
    const payload = payloadOf(request);
    if (type === 'RequestResponse') return answered(known, payload);
    const entry = invocations.accepting(known, payload);
    if (entry) await journal.append(entry);
    return { status: 202 };
  }

  async function answered(name: string, payload: unknown): Promise<HttpResponse> {
    const result = await functions.invoke(name, payload);
    if (result.outcome === 'unreached') {
      throw new AwsError('TooManyRequestsException', result.reason, 429);
    }
    const failed = result.outcome === 'failed';
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amz-executed-version': '$LATEST',
        ...(failed && { 'x-amz-function-error': 'Unhandled' }),
      },
      body: JSON.stringify(failed ? result.error : (result.payload ?? null)),
    };
  }

  return {
    name: 'lambda',
    operationOf: ({ method, path }) =>
      method === 'POST' && functionIn(path) ? 'Invoke' : `${method} ${path}`,
    answer: ({ operation, request }) => {
      const name = functionIn(request.path);
      if (operation !== 'Invoke' || !name) throw unknownOperation('lambda', operation, ['Invoke']);
      return invoke(name, request);
    },
    refuse: ({ code, message, status }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ Type: 'User', Message: message, message }),
    }),
  };
}

function functionIn(path: string): string | undefined {
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  return name && decodeURIComponent(name);
}

/** By name, partial ARN or ARN, each with or without a qualifier. */
function isNamed(name: string, given: string): boolean {
  return given.replace(/^.*:?function:/, '').replace(/:[^:]*$/, '') === name;
}

function payloadOf({ body }: HttpRequest): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${String(error)}`,
    );
  }
}
