import type { ValueOf } from './conditions.ts';
import type { Identity } from './principals.ts';
import type { Statement } from './statements.ts';

/** Those attached to who asks, and to what is asked for. */
export interface Policies {
  identity: readonly Statement[];
  resource: readonly Statement[];
}

export type Decision =
  { allowed: true } | { allowed: false; explicitly: boolean; by: 'identity-based' | 'resource-based' };

/** What is left of the policies for this action on this resource: all that depends on neither caller nor context. */
export function concerning({ identity, resource }: Policies, action: string, arn: string): Policies {
  const those = (statements: readonly Statement[]) =>
    statements.filter(({ concerns }) => concerns(action, arn));
  return { identity: those(identity), resource: those(resource) };
}

/** Within one account: a deny anywhere wins, and one policy must allow. What cannot be told allows nothing, and denies. */
export function decide(who: Identity, valueOf: ValueOf, { identity, resource }: Policies): Decision {
  const denies = ({ allows, means, holds }: Statement) =>
    !allows && means(who) !== undefined && holds(valueOf) !== false;
  const allowed = ({ allows, means, holds }: Statement) =>
    allows && means(who) === 'by name' && holds(valueOf) === true;

  if (identity.some(denies)) return { allowed: false, explicitly: true, by: 'identity-based' };
  if (resource.some(denies)) return { allowed: false, explicitly: true, by: 'resource-based' };
  if (identity.some(allowed) || resource.some(allowed)) return { allowed: true };
  return { allowed: false, explicitly: false, by: 'role' in who ? 'identity-based' : 'resource-based' };
}
