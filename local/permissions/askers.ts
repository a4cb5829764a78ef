import type { Principal, Stack } from '../parts.ts';
import { text } from '../properties.ts';
import type { Context } from './conditions.ts';
import type { Identity } from './principals.ts';
import { refusing } from './refusal.ts';
import { readRoles, type Role } from './role-policies.ts';
import type { Statement } from './statements.ts';

/** A principal with its own policies. */
export interface Asker {
  /** As errors name it. */
  name: string;
  identity: Identity;
  statements: readonly Statement[];
  /** What conditions find out about it. */
  context: Context;
}

/** Undefined for a function or role that the template does not have; Unready for a function without one of its roles. */
export function readAskers(stack: Stack): (principal: Principal) => Asker | undefined {
  const { accountId } = stack;
  const roles = readRoles(stack);
  const withRole = ({ arn, name, statements }: Role, session: string): Asker => ({
    name: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
    identity: { role: arn, account: accountId },
    statements,
    context: { 'aws:principalarn': arn, 'aws:principalaccount': accountId },
  });
  const functions = new Map(
    stack.ofType('AWS::Lambda::Function').map(({ ref, logicalId, properties }) => {
      const role = roles.get(text(properties, 'Role') ?? '');
      return [ref, withRole(role ?? refusing(logicalId)('its role is not in the template'), ref)];
    }),
  );
  return (principal) => {
    if ('function' in principal) return functions.get(principal.function);
    if ('role' in principal) {
      const role = roles.get(principal.role);
      return role && withRole(role, principal.takenOnBy.service);
    }
    const { service, sourceArn } = principal;
    return {
      name: service,
      identity: { service },
      statements: [],
      context: { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': accountId },
    };
  };
}
