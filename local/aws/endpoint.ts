import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse, Mounted } from '../http.ts';
import { callerOf, credentialOf } from './caller.ts';
import { AccessDenied, AwsError, type AwsCall, type AwsService } from './service.ts';

/** Says why a call is denied; undefined lets it pass. Called once for each request, before anything is done. */
export type Authorize = (call: AwsCall) => Promise<string | undefined> | string | undefined;

const maxBodyBytes = 64 * 1024 * 1024;

const targets: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'streams.dynamodb',
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  Logs_20140328: 'logs',
  GraniteServiceVersion20100801: 'monitoring',
};

/** One endpoint for all services: AWS_ENDPOINT_URL. */
export function createAwsEndpoint(
  services: readonly AwsService[],
  authorize: Authorize = () => undefined,
): Mounted {
  const byName = new Map(services.map((service) => [service.name, service]));

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const name = serviceNameOf(request);
    const service = byName.get(name);
    if (!service) return notRun(name, [...byName.keys()]);
    try {
      const operation = service.operationOf(request);
      const call: AwsCall = { service: name, operation, caller: callerOf(request), request };
      const denied = await authorize(call);
      if (denied !== undefined) throw new AccessDenied(name, denied);
      return await service.answer(call);
    } catch (error) {
      if (error instanceof AwsError) return service.refuse(error, request);
      process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
      const failure = new AwsError(name === 's3' ? 'InternalError' : 'InternalFailure', String(error), 500);
      return service.refuse(failure, request);
    }
  }

  return {
    maxBodyBytes,
    tooLarge: { status: 413, headers: { 'content-type': 'text/plain' }, body: 'Request body too large' },
    handler: async (request) => {
      const answered = await answer(request);
      const requestId = randomUUID();
      return {
        ...answered,
        headers: { 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId, ...answered.headers },
      };
    },
  };
}

function serviceNameOf(request: HttpRequest): string {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = ''] = target.split('.');
    return (Object.hasOwn(targets, prefix) ? targets[prefix] : undefined) ?? prefix;
  }
  if (/^\/20\d\d-\d\d-\d\d\/functions(\/|$)/.test(request.path)) return 'lambda';
  return credentialOf(request)?.service ?? 's3';
}

function notRun(name: string, known: readonly string[]): HttpResponse {
  const message = `The service ${name} is not run on this machine. Supported: ${known.join(', ')}.`;
  return {
    status: 400,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-errortype': 'UnknownOperationException',
    },
    body: JSON.stringify({ __type: 'UnknownOperationException', message }),
  };
}
