import type { Resource, Stack } from '../parts.ts';
import { records, record, text, texts } from '../properties.ts';

const writing = /^(dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem)|events:PutEvents|s3:PutObject)$/;

/** What the function's role lets it write to or publish on: nothing else of a template says so. */
export function writtenBy(function_: Resource, stack: Stack): Resource[] {
  const role = stack.byArn(text(function_.properties, 'Role') ?? '');
  const policies = stack
    .ofType('AWS::IAM::Policy')
    .filter(({ properties }) => role && texts(properties, 'Roles').includes(role.ref));
  const granted = policies.flatMap(({ properties }) =>
    records(record(properties, 'PolicyDocument') ?? {}, 'Statement')
      .filter((statement) => text(statement, 'Effect') === 'Allow')
      .filter((statement) => many(statement['Action']).some((action) => writing.test(action)))
      .flatMap((statement) => many(statement['Resource'])),
  );
  return stack.resources.filter(
    ({ type, arn }) =>
      /^AWS::(DynamoDB::(Global)?Table|Events::EventBus|S3::Bucket)$/.test(type) &&
      granted.some((each) => each === arn || each.startsWith(`${arn}/`)),
  );
}

const many = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);
