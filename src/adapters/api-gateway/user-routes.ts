import type { amendUser } from '../../application/amend-user.ts';
import type { deleteUser } from '../../application/delete-user.ts';
import type { getUser } from '../../application/get-user.ts';
import type { listUsers } from '../../application/list-users.ts';
import type { putUser } from '../../application/put-user.ts';
import type { IfMatch, UserRefusal } from '../../application/write-user.ts';
import type { Result } from '../../domain/result.ts';
import { isUserId, type UserProfile } from '../../domain/user.ts';
import { defined, pageOf } from '../order-input.ts';
import { Refused } from './problem.ts';
import {
  type ApiEvent,
  bodyOf,
  idempotencyKeyOf,
  idInvalid,
  parameter,
  pathOf,
  queryOf,
  versionsOf,
} from './request.ts';
import { listedUser, noContent, notModified, pageResponse, userResponse } from './responses.ts';
import { admitAdmin, granted, type Route, type Routes } from './route.ts';
import * as schema from './schemas.ts';
import { ifMatchRequired, userProblemOf } from './user-problem.ts';

export interface UserRouteDependencies {
  putUser: ReturnType<typeof putUser>;
  getUser: ReturnType<typeof getUser>;
  listUsers: ReturnType<typeof listUsers>;
  amendUser: ReturnType<typeof amendUser>;
  deleteUser: ReturnType<typeof deleteUser>;
}

const allowed = <T>(result: Result<T, UserRefusal>): T => {
  if (!result.ok) throw new Refused(userProblemOf(result.error));
  return result.value;
};

const ifMatchOf = (event: ApiEvent): IfMatch | undefined => {
  const versions = versionsOf(event, 'if-match');
  return versions === '*' ? 'any' : versions;
};

/**
 * The staff directory. The token alone makes an admin, never the directory: nobody can lock the last admin out here, and
 * one who deactivates himself loses only the rights of staff.
 */
export const userRoutes = (use: UserRouteDependencies): Routes => {
  const put: Route = async ({ event, by }) => {
    const userId = parameter(event, 'userId');
    if (!isUserId(userId)) idInvalid('userId', 'must be 1 to 255 visible ASCII characters without a slash');
    const asking = defined({ ifMatch: ifMatchOf(event), idempotencyKey: idempotencyKeyOf(event) });
    const onlyNew = versionsOf(event, 'if-none-match') === '*';
    const profile = bodyOf(event, schema.userBody);
    const request = { userId, profile, actor: by.actor, onlyNew, ...asking };
    const { user, created } = allowed(await use.putUser(request));
    return userResponse(user, created ? 201 : 200);
  };

  const read: Route = async ({ event }) => {
    queryOf(event, schema.noQuery);
    const user = allowed(await use.getUser(parameter(event, 'userId')));
    const known = versionsOf(event, 'if-none-match');
    return known === '*' || known?.includes(user.version) ? notModified(user) : userResponse(user);
  };

  const amend: Route = async ({ event, by }) => {
    const ifMatch = ifMatchOf(event);
    if (ifMatch === undefined) throw new Refused(ifMatchRequired);
    const patch = defined(bodyOf(event, schema.userPatch)) as Partial<UserProfile>;
    const userId = parameter(event, 'userId');
    const keyed = defined({ idempotencyKey: idempotencyKeyOf(event) });
    return userResponse(allowed(await use.amendUser({ userId, patch, actor: by.actor, ifMatch, ...keyed })));
  };

  const remove: Route = async ({ event }) => {
    allowed(await use.deleteUser(parameter(event, 'userId'), ifMatchOf(event)));
    return noContent;
  };

  const list: Route = async ({ event }) => {
    const page = pageOf(queryOf(event, schema.usersQuery));
    const { users, ...found } = granted(await use.listUsers(page));
    const body = { ...found, items: users.map(listedUser), mayLag: true };
    return pageResponse(body, pathOf(event), event.queryStringParameters ?? {});
  };

  const routes: Routes = {
    'GET /users': list,
    'GET /users/{userId}': read,
    'PUT /users/{userId}': put,
    'PATCH /users/{userId}': amend,
    'DELETE /users/{userId}': remove,
  };
  const admitted =
    (route: Route): Route =>
    async (call) => {
      admitAdmin(call);
      return await route(call);
    };
  return Object.fromEntries(Object.entries(routes).map(([key, route]) => [key, admitted(route)]));
};
