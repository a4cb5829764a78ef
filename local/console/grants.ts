import { readRoles } from '../permissions/role-policies.ts';
import type { Resource, Stack } from '../parts.ts';
import { text } from '../properties.ts';

const writing: Record<string, readonly string[]> = {
  'AWS::DynamoDB::Table': ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  'AWS::Events::EventBus': ['events:PutEvents'],
};

/** Which tables and buses the function's role lets it write to: nothing else of a template says so. */
export function writersIn(stack: Stack): (function_: Resource) => Resource[] {
  const roles = readRoles(stack);
  return ({ properties }) => {
    const { statements = [] } = roles.get(text(properties, 'Role') ?? '') ?? {};
    const may = (action: string, arn: string) =>
      statements.some(({ allows, concerns }) => allows && concerns(action, arn));
    return stack.resources.filter(
      ({ type, arn }) => writing[type]?.some((action) => may(action, arn)) === true,
    );
  };
}
