/**
 * What the local runtime does with each type of resource, and with each property of those it runs. A property
 * stands under `runs` or `noEffect`, nested ones as `Outer.Inner`; one that stands under neither is refused.
 */
export type Support =
  | { level: 'emulated'; runs: readonly string[]; noEffect: readonly string[] }
  | { level: 'approximated'; how: string }
  | { level: 'not run'; why: string };

const emulated = (runs: string, noEffect = ''): Support => ({
  level: 'emulated',
  runs: words(runs),
  noEffect: words(noEffect),
});
const approximated = (how: string): Support => ({ level: 'approximated', how });
const notRun = (why: string): Support => ({ level: 'not run', why });
const words = (list: string) => list.split(/\s+/).filter((word) => word !== '');

const topics = notRun('what alarms would send to it is recorded, and sent to nobody');
const schemas = notRun(
  'events are not held to the schemas of a registry, here or in AWS: it only shows them',
);
const signIn = notRun('tokens come from the local issuer');

const tableRuns = `TableName KeySchema AttributeDefinitions GlobalSecondaryIndexes LocalSecondaryIndexes
  StreamSpecification.StreamViewType TimeToLiveSpecification BillingMode`;

export const support: Readonly<Record<string, Support>> = {
  'AWS::DynamoDB::Table': emulated(
    `${tableRuns} StreamSpecification.StreamEnabled`,
    `Tags PointInTimeRecoverySpecification DeletionProtectionEnabled SSESpecification TableClass
     ContributorInsightsSpecification OnDemandThroughput WarmThroughput ProvisionedThroughput`,
  ),
  'AWS::DynamoDB::GlobalTable': emulated(
    `${tableRuns} Replicas.Region`,
    `Replicas.PointInTimeRecoverySpecification Replicas.DeletionProtectionEnabled Replicas.Tags
     Replicas.TableClass Replicas.ContributorInsightsSpecification Replicas.GlobalSecondaryIndexes
     Replicas.SSESpecification SSESpecification
     WriteProvisionedThroughputSettings WriteOnDemandThroughputSettings WarmThroughput`,
  ),
  'AWS::Lambda::Function': emulated(
    `FunctionName Code.S3Bucket Code.S3Key Handler Runtime Environment.Variables Timeout MemorySize
     ReservedConcurrentExecutions PackageType LoggingConfig.LogGroup DeadLetterConfig Role`,
    `Description Architectures Tags TracingConfig LoggingConfig.LogFormat LoggingConfig.ApplicationLogLevel
     LoggingConfig.SystemLogLevel KmsKeyArn Layers EphemeralStorage RuntimeManagementConfig RecursiveLoop SnapStart`,
  ),
  'AWS::Lambda::EventSourceMapping': emulated(
    `FunctionName EventSourceArn StartingPosition BatchSize MaximumBatchingWindowInSeconds FilterCriteria.Filters
     ParallelizationFactor FunctionResponseTypes BisectBatchOnFunctionError MaximumRetryAttempts
     MaximumRecordAgeInSeconds DestinationConfig.OnFailure.Destination Enabled MetricsConfig.Metrics`,
    'KmsKeyArn Tags',
  ),
  'AWS::Lambda::EventInvokeConfig': emulated(
    `FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds
     DestinationConfig.OnFailure.Destination`,
  ),
  'AWS::Lambda::Permission': emulated('Action FunctionName Principal SourceArn SourceAccount'),
  'AWS::ApiGatewayV2::Api': emulated(
    `Name ProtocolType CorsConfiguration`,
    `Description Tags Version DisableExecuteApiEndpoint IpAddressType RouteSelectionExpression`,
  ),
  'AWS::ApiGatewayV2::Stage': emulated(
    `ApiId StageName AutoDeploy DefaultRouteSettings.ThrottlingBurstLimit DefaultRouteSettings.ThrottlingRateLimit
     RouteSettings StageVariables AccessLogSettings`,
    `Description Tags DefaultRouteSettings.DetailedMetricsEnabled`,
  ),
  'AWS::ApiGatewayV2::Route': emulated(
    `ApiId RouteKey Target AuthorizationType AuthorizerId AuthorizationScopes`,
    'OperationName',
  ),
  'AWS::ApiGatewayV2::Integration': emulated(
    `ApiId IntegrationType IntegrationUri PayloadFormatVersion TimeoutInMillis IntegrationMethod`,
    'Description',
  ),
  'AWS::ApiGatewayV2::Authorizer': emulated(
    `ApiId AuthorizerType Name IdentitySource JwtConfiguration.Audience JwtConfiguration.Issuer`,
  ),
  // A bus's dead-letter queue is for events that its own key cannot encrypt, SqsParameters for FIFO queues: neither is
  // here.
  'AWS::Events::EventBus': emulated('Name', 'Description Tags KmsKeyIdentifier LogConfig DeadLetterConfig'),
  'AWS::Events::EventBusPolicy': emulated('EventBusName Statement', 'StatementId'),
  'AWS::Events::Rule': emulated(
    `Name EventBusName EventPattern ScheduleExpression State Targets.Id Targets.Arn Targets.Input Targets.InputPath
     Targets.InputTransformer Targets.DeadLetterConfig.Arn Targets.RetryPolicy Targets.RoleArn`,
    'Description Tags Targets.SqsParameters',
  ),
  'AWS::Events::Archive': approximated('its newest events are kept and replayed, 20,000 of them or 32 MB'),
  'AWS::EventSchemas::Registry': schemas,
  'AWS::EventSchemas::Schema': schemas,
  'AWS::SQS::Queue': emulated(
    `QueueName VisibilityTimeout MessageRetentionPeriod RedrivePolicy DelaySeconds ReceiveMessageWaitTimeSeconds
     MaximumMessageSize`,
    'Tags KmsMasterKeyId SqsManagedSseEnabled KmsDataKeyReusePeriodSeconds RedriveAllowPolicy',
  ),
  'AWS::SQS::QueuePolicy': emulated('Queues PolicyDocument'),
  'AWS::SNS::Topic': topics,
  'AWS::SNS::TopicPolicy': topics,
  'AWS::SNS::Subscription': notRun('nothing is sent to it'),
  'AWS::S3::Bucket': emulated(
    'BucketName VersioningConfiguration',
    `BucketEncryption PublicAccessBlockConfiguration LifecycleConfiguration OwnershipControls Tags
     NotificationConfiguration LoggingConfiguration ObjectLockEnabled`,
  ),
  'AWS::S3::BucketPolicy': emulated('Bucket PolicyDocument'),
  'AWS::SecretsManager::Secret': emulated(
    'Name SecretString GenerateSecretString.PasswordLength GenerateSecretString.ExcludePunctuation',
    'Description KmsKeyId Tags ReplicaRegions',
  ),
  'AWS::Logs::LogGroup': approximated('the newest lines are kept in memory, whatever the retention'),
  'AWS::Logs::ResourcePolicy': emulated('PolicyDocument', 'PolicyName'),
  'AWS::Logs::MetricFilter': notRun('no metrics are made of lines that do not state them'),
  'AWS::Logs::QueryDefinition': notRun('there is no query language for the local logs'),
  'AWS::IAM::Role': emulated(
    'RoleName AssumeRolePolicyDocument Policies ManagedPolicyArns',
    'Description Tags MaxSessionDuration',
  ),
  'AWS::IAM::Policy': emulated('PolicyDocument Roles', 'PolicyName'),
  'AWS::IAM::ManagedPolicy': emulated('ManagedPolicyName PolicyDocument Roles', 'Description'),
  'AWS::Cognito::UserPool': signIn,
  'AWS::Cognito::UserPoolClient': signIn,
  'AWS::Cognito::UserPoolDomain': signIn,
  'AWS::Cognito::UserPoolGroup': signIn,
  'AWS::Cognito::UserPoolResourceServer': signIn,
  'AWS::KMS::Key': notRun('nothing is encrypted locally'),
  'AWS::KMS::Alias': notRun('nothing is encrypted locally'),
  'AWS::CloudWatch::Alarm': emulated(
    `AlarmName AlarmDescription ActionsEnabled AlarmActions OKActions InsufficientDataActions Namespace MetricName
     Dimensions Statistic ExtendedStatistic Period Metrics EvaluationPeriods DatapointsToAlarm Threshold
     ComparisonOperator TreatMissingData`,
    'Tags',
  ),
  'AWS::CloudWatch::CompositeAlarm': emulated(
    'AlarmName AlarmDescription ActionsEnabled AlarmActions OKActions InsufficientDataActions AlarmRule',
    'Tags',
  ),
  'AWS::CloudWatch::Dashboard': emulated('DashboardName DashboardBody', 'Tags'),
  'AWS::CDK::Metadata': notRun('it has no effect anywhere'),
};
