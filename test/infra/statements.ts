import type { synthesized } from './synthesized.ts';

type Synthesized = ReturnType<typeof synthesized>;
type OneOrMany<T> = T | T[];

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: OneOrMany<string>;
  Resource: OneOrMany<unknown>;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const many = <T>(value: OneOrMany<T>): T[] => (Array.isArray(value) ? value : [value]);

const statementsOf = (document: unknown): Statement[] => (document as { Statement: Statement[] }).Statement;

/** What the role of a function may do. */
export const statementsOfFunction = (template: Synthesized, functionName: string): Statement[] => {
  const { Role } = template.named(functionName, 'AWS::Lambda::Function').properties as {
    Role: { 'Fn::GetAtt': [string, string] };
  };
  const [roleId] = Role['Fn::GetAtt'];
  const role = template.ofType('AWS::IAM::Role').find(({ id }) => id === roleId);
  if (role?.properties['ManagedPolicyArns'] ?? role?.properties['Policies']) {
    throw new Error(`The role of ${functionName} holds more than its policy`);
  }
  return template
    .ofType('AWS::IAM::Policy')
    .filter(({ properties }) => JSON.stringify(properties['Roles']).includes(`"${roleId}"`))
    .flatMap(({ properties }) => statementsOf(properties['PolicyDocument']));
};

/** Every statement of identities and of resources, but for the log group's, whose document is a text. */
export const allStatements = (template: Synthesized): Statement[] =>
  template.resources.flatMap(({ properties }) =>
    typeof properties['PolicyDocument'] === 'object' && !('Fn::Join' in properties['PolicyDocument']!)
      ? statementsOf(properties['PolicyDocument'])
      : [],
  );

/** One line for each action on each resource. */
export const lines = (template: Synthesized, statements: Statement[]): string[] =>
  statements.flatMap(({ Action, Resource }) =>
    many(Resource).flatMap((resource) =>
      many(Action).map((action) => `${action} on ${template.text(resource)}`),
    ),
  );
