import type { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../src/adapters/config.ts';
import type { FunctionName } from './bundle.ts';
import { StageLogGroup } from './log-group.ts';
import type { Stage } from './stages.ts';

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
}

export class OrdersFunction extends LambdaFunction {
  readonly name: FunctionName;

  constructor(
    scope: Construct,
    id: string,
    { name, code, stage, permissions, environment, ...props }: OrdersFunctionProps,
  ) {
    const logGroup = new StageLogGroup(scope, `${id}Logs`, `/aws/lambda/${name}`, stage);
    // Our own role: the one that CDK makes may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const writeLogs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    for (const statement of [writeLogs, ...permissions]) role.addToPolicy(statement);

    super(scope, id, {
      ...props,
      functionName: name,
      code: code(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      environment: {
        ...environment,
        POWERTOOLS_SERVICE_NAME: SERVICE_NAME,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        POWERTOOLS_LOG_LEVEL: stage.logLevel,
      },
    });
    this.name = name;
  }
}
