import type { Resource, Stack } from '../parts.ts';
import { records, text, texts } from '../properties.ts';
import { refusing } from './refusal.ts';
import { compileDocument, type Statement } from './statements.ts';

export interface Role {
  arn: string;
  name: string;
  /** What it may do. */
  statements: readonly Statement[];
}

/** The template's roles with all that is attached to them, by ARN. */
export function readRoles(stack: Stack): ReadonlyMap<string, Role> {
  const separate = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => stack.ofType(type));
  const roles = stack.ofType('AWS::IAM::Role');
  for (const { logicalId, properties } of separate) {
    const unknown = texts(properties, 'Roles').find((name) => !roles.some(({ ref }) => ref === name));
    if (unknown !== undefined) refusing(logicalId)(`the role ${unknown} is not in the template`);
  }
  return new Map(roles.map((role) => [role.arn, readRole(role, separate)]));
}

function readRole({ arn, ref, logicalId, properties }: Resource, separate: readonly Resource[]): Role {
  const refuse = refusing(logicalId);
  const managed = texts(properties, 'ManagedPolicyArns').map(
    (policy) =>
      separate.find(({ arn: known }) => known === policy) ??
      refuse(`the managed policy ${policy} is not in the template`),
  );
  const attached = separate.filter((policy) => texts(policy.properties, 'Roles').includes(ref));
  const inline = records(properties, 'Policies').flatMap((policy) =>
    compileDocument(
      policy['PolicyDocument'],
      'to a role',
      refusing(`${logicalId} (${text(policy, 'PolicyName') ?? ''})`),
    ),
  );
  return {
    arn,
    name: ref,
    statements: [
      ...inline,
      ...[...new Set([...managed, ...attached])].flatMap((policy) =>
        compileDocument(policy.properties['PolicyDocument'], 'to a role', refusing(policy.logicalId)),
      ),
    ],
  };
}
