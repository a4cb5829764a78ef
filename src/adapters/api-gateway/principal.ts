import type { UserDirectory } from '../../application/ports.ts';
import { isUserId } from '../../domain/user.ts';
import { SCOPES } from '../names.ts';
import { type Problem, problemOf, Refused } from './problem.ts';
import type { ApiEvent } from './request.ts';

export type Role = 'owner' | 'staff';

const SCOPE = { ...SCOPES, owner: SCOPES.customer } as const;

export interface Principal {
  actor: string;
  customerId: string | undefined;
  scopes: ReadonlySet<string>;
}

export const principalOf = ({ requestContext }: ApiEvent): Principal => {
  const claims = requestContext.authorizer?.jwt.claims ?? {};
  const { sub, customer_id: customerId, scope } = claims;
  return {
    actor: typeof sub === 'string' ? sub : '',
    customerId: typeof customerId === 'string' && customerId !== '' ? customerId : undefined,
    scopes: new Set(typeof scope === 'string' ? scope.split(' ') : []),
  };
};

const scopeMissing = (needed: string): Problem => ({
  code: 'scope-missing',
  detail: `This needs the scope ${needed}.`,
});

/**
 * In which role the caller may go on. Owners are known by the token alone; staff must also be active in the directory at
 * this moment. Of a foreign customer's orders an owner learns nothing: they are not found.
 */
export const roleOf = async (
  { actor, customerId, scopes }: Principal,
  roles: readonly Role[],
  ofCustomer: string | undefined,
  users: UserDirectory,
): Promise<Role> => {
  const owner = roles.includes('owner') && scopes.has(SCOPE.owner);
  if (owner && customerId !== undefined && customerId === ofCustomer) return 'owner';
  if (roles.includes('staff') && scopes.has(SCOPE.staff)) {
    const user = isUserId(actor) ? await users.find(actor) : undefined;
    if (user?.active) return 'staff';
    throw new Refused({ code: 'staff-inactive', detail: 'The user of this token is not active.' });
  }
  if (owner) throw new Refused(problemOf({ code: 'order-not-found' }));
  throw new Refused(scopeMissing(roles.map((role) => SCOPE[role]).join(' or ')));
};

export const requireAdmin = ({ scopes }: Principal): void => {
  if (!scopes.has(SCOPE.admin)) throw new Refused(scopeMissing(SCOPE.admin));
};
