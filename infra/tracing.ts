import type { Role } from 'aws-cdk-lib/aws-iam';
import { type FunctionOptions, LayerVersion, Tracing } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './stages.ts';

interface FunctionTracing {
  props: Pick<FunctionOptions, 'tracing' | 'layers'>;
  environment: Record<string, string>;
}

/** By configuration only: a bundle holds nothing of it, so that a stage without tracing starts as fast as it can. */
export const tracingOf = (scope: Construct, id: string, stage: Stage): FunctionTracing => {
  if (stage.tracing === 'off') return { props: {}, environment: {} };
  const tracing = Tracing.ACTIVE;
  if (stage.tracing === 'xray') return { props: { tracing }, environment: {} };
  const layer = LayerVersion.fromLayerVersionArn(scope, `${id}Adot`, stage.adotLayerArn ?? '');
  return {
    props: { tracing, layers: [layer] },
    environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' },
  };
};

export const acknowledgeTracing = (function_: Construct, role: Role, stage: Stage): void => {
  if (stage.tracing === 'off') {
    acknowledge(function_, {
      'Serverless-LambdaTracing': 'The stage keeps no traces; logs name those of the callers.',
    });
    return;
  }
  // CDK adds the permission beside the setting.
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources that a permission to send traces could name.',
  });
};
