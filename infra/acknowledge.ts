import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says beside a resource why a rule is not followed there; `test/infra/rule-packs.test.ts` runs the rules. */
export const acknowledge = (construct: IConstruct, reasons: Record<string, string>): void => {
  const acknowledgments = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...acknowledgments);
};

/** An ARN of a statement that ends in `*`, and why it does. */
export interface Wildcard {
  resource: string;
  reason: string;
}

export const acknowledgeWildcards = (construct: IConstruct, wildcards: readonly Wildcard[]): void => {
  for (const { resource, reason } of wildcards) {
    const name = flat(Stack.of(construct).resolve(resource));
    acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${name}]`]: reason });
  }
};

/** As the rule names a resource in its findings. */
const flat = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[intrinsic, argument] = []] = Object.entries(value as Record<string, unknown>);
  if (intrinsic === 'Ref') return `<${String(argument)}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
  const [separator, parts] = argument as [string, unknown[]];
  return parts.map(flat).join(separator);
};
