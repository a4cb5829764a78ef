import type { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../src/adapters/names.ts';
import { acknowledge, acknowledgeWildcards, type Wildcard } from './acknowledge.ts';
import type { FunctionName } from './bundle.ts';
import { Keys } from './keys.ts';
import { StageLogGroup } from './log-group.ts';
import type { Stage } from './stages.ts';
import { acknowledgeTracing, tracingOf } from './tracing.ts';

export const SERVICE_NAME = 'orders';

/** The code of a function; tests give a stand-in for the bundle. */
export type CodeOf = (name: FunctionName) => Code;

export interface OrdersFunctionProps {
  name: FunctionName;
  code: CodeOf;
  stage: Stage;
  description: string;
  timeout: Duration;
  memorySize: number;
  environment: Record<string, string>;
  permissions: PolicyStatement[];
  /** Those of the permissions' resources that end in `*`. */
  wildcards?: readonly Wildcard[];
  /** Where what it fails goes, in a sentence: not to a queue of Lambda's own making. */
  failures?: string;
}

export class OrdersFunction extends LambdaFunction {
  readonly name: FunctionName;

  constructor(
    scope: Construct,
    id: string,
    {
      name,
      code,
      stage,
      permissions,
      wildcards = [],
      environment,
      failures = 'Its callers get its failures.',
      ...props
    }: OrdersFunctionProps,
  ) {
    const logGroup = new StageLogGroup(scope, `${id}Logs`, `/aws/lambda/${name}`, stage);
    // Our own role: the one that CDK makes may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const writeLogs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    const encrypted = Keys.of(scope)?.uses(permissions) ?? [];
    for (const statement of [writeLogs, ...permissions, ...encrypted]) role.addToPolicy(statement);
    const tracing = tracingOf(scope, id, stage);
    const reservedConcurrentExecutions = stage.reservedConcurrency[name];
    super(scope, id, {
      ...props,
      ...tracing.props,
      ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
      functionName: name,
      code: code(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      environment: {
        ...environment,
        ...tracing.environment,
        POWERTOOLS_SERVICE_NAME: SERVICE_NAME,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        POWERTOOLS_LOG_LEVEL: stage.logLevel,
      },
    });
    this.name = name;

    acknowledge(role, {
      'NIST.800.53.R5-IAMNoInlinePolicy':
        'For this role alone: a policy of its own could be given to others.',
    });
    acknowledgeTracing(this, role, stage);
    acknowledgeWildcards(role, wildcards);
    acknowledge(this, {
      'Serverless-LambdaDLQ': failures,
      'NIST.800.53.R5-LambdaDLQ': failures,
      'NIST.800.53.R5-LambdaInsideVPC':
        'It reaches AWS only, by IAM and TLS; a VPC would add ways out, and nothing that it could reach by them.',
      ...(reservedConcurrentExecutions === undefined && {
        'NIST.800.53.R5-LambdaConcurrency':
          'A new account has ten copies of functions in all, and can keep none for one of them.',
      }),
    });
  }
}
