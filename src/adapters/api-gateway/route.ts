import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { UserDirectory } from '../../application/ports.ts';
import type { Change } from '../../domain/order.ts';
import type { Result } from '../../domain/result.ts';
import { type Principal, type Role, roleOf } from './principal.ts';
import { problemOf, Refused } from './problem.ts';
import type { ApiEvent } from './request.ts';

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

export type Admit = (call: Call, ...roles: Role[]) => Promise<Role>;

export const admitting =
  (users: UserDirectory): Admit =>
  async ({ event, principal }, ...roles) =>
    await roleOf(principal, roles, event.pathParameters?.['customerId'], users);
