import type { Engine } from '../parts.ts';
import { jsonService, type AwsService } from './service.ts';

const json = 'application/x-amz-json-1.0';

/** DynamoDB and its streams: the engine answers. */
export const dynamodbServices = (engine: Engine): AwsService[] => [
  proxy('dynamodb', engine),
  proxy('streams.dynamodb', engine),
];

function proxy(name: string, engine: Engine): AwsService {
  return {
    ...jsonService({
      name,
      contentType: json,
      errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
      operations: {},
    }),
    answer: async ({ request }) => {
      const { status, body } = await engine.call(
        String(request.headers['x-amz-target']),
        request.body.toString(),
      );
      return { status, headers: { 'content-type': json }, body };
    },
  };
}
