import type { Resource, Stack } from '../parts.ts';
import { Unready } from '../unready.ts';

export interface FunctionSettings {
  name: string;
  arn: string;
  handler: string;
  runtime: string;
  environment: Readonly<Record<string, string>>;
  timeoutSeconds: number;
  memoryMb: number;
  /** Invocations at once above which one is throttled; undefined for no limit of its own. */
  reservedConcurrency?: number;
  logGroup: string;
}

/** What the template says of a function, with CloudFormation's defaults. */
export function settingsOf({ ref, arn, logicalId, properties }: Resource): FunctionSettings {
  const { Handler, Runtime, Environment, Timeout, MemorySize, ReservedConcurrentExecutions, LoggingConfig } =
    properties as {
      Handler?: string;
      Runtime?: string;
      Environment?: { Variables?: Record<string, unknown> };
      Timeout?: unknown;
      MemorySize?: unknown;
      ReservedConcurrentExecutions?: unknown;
      LoggingConfig?: { LogGroup?: string };
    };
  if (Handler === undefined || Runtime?.startsWith('nodejs') !== true) {
    throw new Unready(
      `The local runtime runs Node.js functions; ${logicalId} has the runtime ${String(Runtime)}.`,
    );
  }
  const environment = Object.entries(Environment?.Variables ?? {}).map(([key, value]) => [
    key,
    String(value),
  ]);
  return {
    name: ref,
    arn,
    handler: Handler,
    runtime: Runtime,
    environment: Object.fromEntries(environment) as Record<string, string>,
    timeoutSeconds: Number(Timeout ?? 3),
    memoryMb: Number(MemorySize ?? 128),
    ...(ReservedConcurrentExecutions !== undefined && {
      reservedConcurrency: Number(ReservedConcurrentExecutions),
    }),
    logGroup: LoggingConfig?.LogGroup ?? `/aws/lambda/${ref}`,
  };
}

/** The variables of the function's process: the template's, and those that Lambda sets. */
export function environmentOf(
  { name, handler, runtime, environment, memoryMb, logGroup }: FunctionSettings,
  { region }: Stack,
  { awsUrl, directory, logStream }: { awsUrl: string; directory: string; logStream: string },
): Record<string, string> {
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    ...environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: directory,
    _HANDLER: handler,
    AWS_ENDPOINT_URL: awsUrl,
    // The endpoint tells by it which function calls.
    AWS_ACCESS_KEY_ID: `LOCAL-${name}`,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
