import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { UserDirectory } from '../../application/ports.ts';
import type { Change } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import { accepts } from './accept.ts';
import { type Principal, requireAdmin, type Role, roleOf } from './principal.ts';
import { problemOf, Refused } from './problem.ts';
import { type ApiEvent, queryOf } from './request.ts';
import { noQuery } from './schemas.ts';

/** One request, and who makes it as part of what. */
export interface Call {
  event: ApiEvent;
  principal: Principal;
  by: Omit<Change, 'at'>;
}

export type Route = (call: Call) => Promise<APIGatewayProxyStructuredResultV2>;
export type Routes = Record<string, Route>;

export const granted = <T>(result: Result<T, Parameters<typeof problemOf>[0]>): T => {
  if (!result.ok) throw new Refused(problemOf(result.error));
  return result.value;
};

/** Only what can be answered in JSON; and no query where none is read, since one with a slip in it must not be ignored. */
const strict = (event: ApiEvent): void => {
  if (!accepts(event.headers['accept'], 'application/json')) throw new Refused({ code: 'not-acceptable' });
  if (!event.routeKey.startsWith('GET ')) queryOf(event, noQuery);
};

export type Admit = (call: Call, ...roles: Role[]) => Promise<Role>;

export const admitting =
  (users: UserDirectory): Admit =>
  async ({ event, principal }, ...roles) => {
    strict(event);
    return await roleOf(principal, roles, event.pathParameters?.['customerId'], users);
  };

export const admitAdmin = ({ event, principal }: Call): void => {
  strict(event);
  requireAdmin(principal);
};
