import type { Resource, Stack } from '../../local/parts.ts';
import type { Template } from '../../local/template/assembly.ts';

interface Statement {
  Effect: string;
  Action: unknown;
  Resource: unknown;
  Principal?: Record<string, unknown>;
  Condition?: Record<string, Record<string, unknown>>;
}

/** One action on one resource for one principal, under one value of each condition that takes several. */
export interface Grant {
  /** `orders-api dynamodb:GetItem on table/Orders` */
  line: string;
  /** The logical id of its policy. */
  policy: string;
  statement: Statement;
}

const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
/** Without what is the same in all, and names that are made up at each synthesis. */
const shortened = (arn: unknown): string =>
  String(arn)
    .replace(/^arn:aws:s3:::[^/]*/, 'bucket')
    .replace(/^arn:aws:[^:]*:[^:]*:[^:]*:/, '')
    .replace(/(?<=^secret:.*)-[0-9a-f]{6}$/, '')
    .replace(/(?<=\/stream\/)\d.*$/, 'LABEL');

const LISTED = 'events:detail-type';

function atoms(statement: Statement): Statement[] {
  const { Condition = {} } = statement;
  const values = many(Condition['StringEquals']?.[LISTED]);
  const conditions = values.map((value) =>
    value === undefined
      ? statement.Condition
      : { ...Condition, StringEquals: { ...Condition['StringEquals'], [LISTED]: value } },
  );
  const principals = Object.entries(statement.Principal ?? { '': undefined }).flatMap(([kind, named]) =>
    many(named).map((name) => (kind === '' ? undefined : { [kind]: name })),
  );
  return many(statement.Action).flatMap((Action) =>
    many(statement.Resource).flatMap((on) =>
      principals.flatMap((Principal) =>
        conditions.map((condition) => ({
          Effect: 'Allow',
          Action,
          Resource: on,
          ...(Principal && { Principal }),
          ...(condition && { Condition: condition }),
        })),
      ),
    ),
  );
}

const documentOf = ({ properties }: Resource): { Statement: Statement[] } => {
  const given = properties['PolicyDocument'];
  return (typeof given === 'string' ? JSON.parse(given) : given) as { Statement: Statement[] };
};

/** Policies with a document, and Lambda's permissions, which are one statement each. */
const isPolicy = ({ type }: Resource) =>
  /^AWS::(IAM::Policy|SQS::QueuePolicy|S3::BucketPolicy|Logs::ResourcePolicy)$/.test(type);
const isPermission = ({ type }: Resource) => type === 'AWS::Lambda::Permission';

/** Everything that the template grants, taken apart; who may take on a role is not among it. */
export function grantsOf(stack: Stack): Grant[] {
  const holderOf = (role: unknown) =>
    stack
      .ofType('AWS::Lambda::Function')
      .find(({ properties }) => String(properties['Role']).endsWith(`/${String(role)}`))?.ref ?? String(role);
  const grant = (policy: Resource, who: unknown, statement: Statement): Grant => {
    const { Action, Resource: on, Condition } = statement;
    const what = [who, Action, ...many(Condition?.['StringEquals']?.[LISTED])].filter(
      (part) => part !== undefined,
    );
    return { line: `${what.map(String).join(' ')} on ${shortened(on)}`, policy: policy.logicalId, statement };
  };
  return [
    ...stack.resources.filter(isPolicy).flatMap((policy) =>
      documentOf(policy)
        .Statement.filter(({ Effect }) => Effect === 'Allow')
        .flatMap(atoms)
        .map((statement) => {
          const [role] = many(policy.properties['Roles']);
          const [named] = Object.values(statement.Principal ?? {});
          return grant(policy, named ?? holderOf(role), statement);
        }),
    ),
    ...stack.resources.filter(isPermission).map((policy) => {
      const { Action, FunctionName, Principal, SourceArn } = policy.properties;
      const from = String(SourceArn).replace(/^.*:(rule|[0-9a-f]+)\//, '');
      return grant(policy, `${String(Principal)} for ${from}`, {
        Effect: 'Allow',
        Action,
        Resource: FunctionName,
      });
    }),
  ];
}

/** The stack as it would be had the template not granted this. */
export function without(stack: Stack, { policy, statement }: Grant): Stack {
  const resources = stack.resources.flatMap((resource): Resource[] => {
    if (resource.logicalId !== policy) return [resource];
    if (isPermission(resource)) return [];
    const text = JSON.stringify(statement);
    const left = documentOf(resource).Statement.flatMap((each) =>
      each.Effect === 'Allow' ? atoms(each) : [each],
    );
    const Statement = left.filter((each) => JSON.stringify(each) !== text);
    const PolicyDocument = { ...documentOf(resource), Statement };
    return [{ ...resource, properties: { ...resource.properties, PolicyDocument } }];
  });
  return { ...stack, resources, ofType: (type) => resources.filter((resource) => resource.type === type) };
}

/** Takes an action out of the policies whose logical id begins like this; throws where it is not there. */
export function take(template: Template, policies: string, action: string): void {
  let taken = 0;
  for (const [id, { Properties = {} }] of Object.entries(template.Resources)) {
    const document = Properties['PolicyDocument'] as { Statement?: Statement[] } | undefined;
    if (!id.startsWith(policies) || !document?.Statement) continue;
    document.Statement = document.Statement.flatMap((statement) => {
      const left = many(statement.Action).filter((each) => each !== action);
      if (statement.Effect !== 'Allow' || left.length === many(statement.Action).length) return [statement];
      taken += 1;
      return left.length === 0 ? [] : [{ ...statement, Action: left }];
    });
  }
  if (taken === 0) throw new Error(`No policy ${policies}* allows ${action}`);
}
