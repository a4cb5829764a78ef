import { json, type HttpRequest, type HttpResponse } from '../http.ts';
import { isDecodable } from '../gateway/routes.ts';
import type { Functions, Invocations, Journal, Stack } from '../parts.ts';
import { numeric, record, text } from '../properties.ts';
import { AwsError, unknownOperation, type AwsService } from './service.ts';

const LIST_MAPPINGS = 'ListEventSourceMappings';
const maxBytes = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 };

export function lambdaService(parts: {
  functions: Functions;
  invocations: Invocations;
  journal: Journal;
  stack: Stack;
}): AwsService {
  const { functions, invocations, journal, stack } = parts;

  const named = (name: string): string => {
    const known = functions.names().find((candidate) => isNamed(candidate, name));
    if (known !== undefined) return known;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
  };

  async function invoke(name: string, request: HttpRequest): Promise<HttpResponse> {
    const known = named(name);
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

  function configuration(name: string): HttpResponse {
    const { ref, arn, properties } =
      stack.ofType('AWS::Lambda::Function').find((resource) => resource.ref === named(name)) ?? {};
    if (!properties) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    const body = {
      FunctionName: ref,
      FunctionArn: arn,
      Runtime: text(properties, 'Runtime'),
      Handler: text(properties, 'Handler'),
      Timeout: numeric(properties, 'Timeout') ?? 3,
      MemorySize: numeric(properties, 'MemorySize') ?? 128,
      Environment: { Variables: record(record(properties, 'Environment') ?? {}, 'Variables') ?? {} },
      State: 'Active',
      Version: '$LATEST',
    };
    return json(200, body);
  }

  /** All at once, as there are few; of a function, and of a source, where one is asked for. */
  function mappings({ query }: HttpRequest): HttpResponse {
    const asked = new URLSearchParams(query);
    const [name, source] = [asked.get('FunctionName'), asked.get('EventSourceArn')];
    const EventSourceMappings = stack
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ ref, properties }) => ({ UUID: ref, ...mappingIn(properties) }))
      .filter(
        ({ FunctionArn, EventSourceArn }) =>
          (name === null || isNamed(nameIn(FunctionArn), name)) &&
          (source === null || EventSourceArn === source),
      );
    return json(200, { EventSourceMappings });
  }

  function mappingIn(properties: Record<string, unknown>) {
    const name = nameIn(text(properties, 'FunctionName') ?? '');
    const function_ = stack.ofType('AWS::Lambda::Function').find(({ ref }) => ref === name);
    return {
      FunctionArn: function_?.arn ?? name,
      EventSourceArn: text(properties, 'EventSourceArn'),
      State: text(properties, 'Enabled') === 'false' ? 'Disabled' : 'Enabled',
      BatchSize: numeric(properties, 'BatchSize') ?? 100,
    };
  }

  return {
    name: 'lambda',
    operationOf: ({ method, path }) => {
      if (method === 'GET' && /^\/2015-03-31\/event-source-mappings\/?$/.test(path)) return LIST_MAPPINGS;
      const { kind } = functionIn(path) ?? {};
      if (method === 'POST' && kind === 'invocations') return 'Invoke';
      return method === 'GET' && kind === 'configuration' ? 'GetFunctionConfiguration' : `${method} ${path}`;
    },
    answer: ({ operation, request }) => {
      const { name = '' } = functionIn(request.path) ?? {};
      if (operation === 'Invoke') return invoke(name, request);
      if (operation === 'GetFunctionConfiguration') return Promise.resolve(configuration(name));
      if (operation === LIST_MAPPINGS) return Promise.resolve(mappings(request));
      throw unknownOperation('lambda', operation, ['Invoke', 'GetFunctionConfiguration', LIST_MAPPINGS]);
    },
    refuse: ({ code, message, status }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ Type: 'User', Message: message, message }),
    }),
  };
}

export function functionIn(path: string): { name: string; kind: string } | undefined {
  const [, name, kind] = /^\/2015-03-31\/functions\/([^/]+)\/(invocations|configuration)$/.exec(path) ?? [];
  return name && kind && isDecodable(name) ? { name: decodeURIComponent(name), kind } : undefined;
}

/** The name in an ARN of a function, or itself. */
const nameIn = (arn: string): string => arn.replace(/^.*:function:/, '');

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
