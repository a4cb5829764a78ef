import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Refused } from './problem.ts';
import type { ApiEvent } from './request.ts';

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
};

/** What `$default` answers: the path is known by other methods, or not at all. */
export const unrouted = (
  routeKeys: readonly string[],
  { requestContext, rawPath }: ApiEvent,
): APIGatewayProxyStructuredResultV2 => {
  const { method } = requestContext.http;
  const allowed = routeKeys
    .map((routeKey) => routeKey.split(' ') as [string, string])
    .filter(([, template]) => matches(template, rawPath))
    .map(([allowedMethod]) => allowedMethod);
  if (allowed.length === 0) throw new Refused({ code: 'route-not-found' });
  const headers = { allow: [...allowed, 'OPTIONS'].join(', ') };
  if (method === 'OPTIONS') return { statusCode: 204, headers };
  throw new Refused({
    code: 'method-not-allowed',
    detail: `${method} is not possible here. Possible: ${headers.allow}.`,
    headers,
  });
};
