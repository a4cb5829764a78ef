import type { TemplateResource } from '../../../local/template/assembly.ts';
import { readStack } from '../../../local/template/stack.ts';
import { document, type Given } from './policies.ts';

export const trusting = (Service: string) =>
  document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });

export const lambdaRole = (properties: Given = {}): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'reader',
    AssumeRolePolicyDocument: trusting('lambda.amazonaws.com'),
    ...properties,
  },
});

/** A function `reader` with the role `reader`, and these resources. */
export const stackWith = (resources: Record<string, TemplateResource> = {}) =>
  readStack({
    stackName: 'Test',
    assets: new Map(),
    template: {
      Resources: {
        Role: lambdaRole(),
        Reader: {
          Type: 'AWS::Lambda::Function',
          Properties: { FunctionName: 'reader', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        },
        ...resources,
      },
    },
  }).stack;
