/**
 * What the local runtime does with each type of resource, and with each property of those it runs, nested ones as
 * `Outer.Inner`: it runs, it makes no difference to anybody who uses the system, or it is left out for the reason that
 * is told at start. A property that stands nowhere is refused.
 */
export type Support =
  | {
      level: 'emulated';
      runs: readonly string[];
      noEffect: readonly string[];
      leftOut: Readonly<Record<string, string>>;
    }
  | { level: 'approximated'; how: string }
  | { level: 'not run'; why: string };

const emulated = (runs: string, noEffect = '', leftOut: Readonly<Record<string, string>> = {}): Support => ({
  level: 'emulated',
  runs: words(runs),
  noEffect: words(noEffect),
  leftOut,
});
const approximated = (how: string): Support => ({ level: 'approximated', how });
const notRun = (why: string): Support => ({ level: 'not run', why });
const words = (list: string) => list.split(/\s+/).filter((word) => word !== '');

const topics = notRun('what alarms would send to it is recorded, and sent to nobody');
const schemas = notRun(
  'events are not held to the schemas of a registry, here or in AWS: it only shows them',
);
const encryption = 'nothing is encrypted locally';
const backups = 'nothing is backed up';
const throughput = 'no reads or writes are limited';
const signIn = notRun('tokens come from the local issuer');

const tableRuns = `TableName KeySchema AttributeDefinitions GlobalSecondaryIndexes LocalSecondaryIndexes
  StreamSpecification.StreamViewType TimeToLiveSpecification BillingMode`;

export const support: Readonly<Record<string, Support>> = {
  'AWS::DynamoDB::Table': emulated(
    `${tableRuns} StreamSpecification.StreamEnabled`,
    'Tags DeletionProtectionEnabled TableClass ContributorInsightsSpecification WarmThroughput',
    {
      PointInTimeRecoverySpecification: backups,
      SSESpecification: encryption,
      OnDemandThroughput: throughput,
      ProvisionedThroughput: throughput,
    },
  ),
  'AWS::DynamoDB::GlobalTable': emulated(
    `${tableRuns} Replicas.Region`,
    `Replicas.DeletionProtectionEnabled Replicas.Tags Replicas.TableClass Replicas.ContributorInsightsSpecification
     WarmThroughput`,
    {
      'Replicas.PointInTimeRecoverySpecification': backups,
      'Replicas.GlobalSecondaryIndexes': throughput,
      'Replicas.SSESpecification': encryption,
      SSESpecification: encryption,
      WriteProvisionedThroughputSettings: throughput,
      WriteOnDemandThroughputSettings: throughput,
    },
  ),
  'AWS::Lambda::Function': emulated(
    `FunctionName Code.S3Bucket Code.S3Key Handler Runtime Environment.Variables Timeout MemorySize
     ReservedConcurrentExecutions PackageType LoggingConfig.LogGroup DeadLetterConfig Role`,
    'Description Tags LoggingConfig.LogFormat',
    {
      Architectures: 'functions run on the processor of this machine',
      RuntimeManagementConfig: 'functions run on the Node of this machine',
      TracingConfig: 'no traces are sent to X-Ray',
      Layers: 'no layer is loaded',
      EphemeralStorage: 'the disk of a function is this machine’s',
      RecursiveLoop: 'no loop is ended',
      SnapStart: 'functions start as they do without',
      KmsKeyArn: encryption,
      'LoggingConfig.ApplicationLogLevel': 'no line is left out',
      'LoggingConfig.SystemLogLevel': 'no line is left out',
    },
  ),
  'AWS::Lambda::EventSourceMapping': emulated(
    `FunctionName EventSourceArn StartingPosition BatchSize MaximumBatchingWindowInSeconds FilterCriteria.Filters
     ParallelizationFactor FunctionResponseTypes BisectBatchOnFunctionError MaximumRetryAttempts
     MaximumRecordAgeInSeconds DestinationConfig.OnFailure.Destination Enabled MetricsConfig.Metrics`,
    'Tags',
    { KmsKeyArn: encryption },
  ),
  'AWS::Lambda::EventInvokeConfig': emulated(
    `FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds
     DestinationConfig.OnFailure.Destination`,
  ),
  'AWS::Lambda::Permission': emulated('Action FunctionName Principal SourceArn SourceAccount'),
  'AWS::ApiGatewayV2::Api': emulated(
    `Name ProtocolType CorsConfiguration`,
    'Description Tags Version IpAddressType RouteSelectionExpression',
    { DisableExecuteApiEndpoint: 'there is no other address' },
  ),
  'AWS::ApiGatewayV2::Stage': emulated(
    `ApiId StageName AutoDeploy DefaultRouteSettings.ThrottlingBurstLimit DefaultRouteSettings.ThrottlingRateLimit
     RouteSettings StageVariables AccessLogSettings`,
    'Description Tags',
    { 'DefaultRouteSettings.DetailedMetricsEnabled': 'metrics are of the whole API, not of each route' },
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
  'AWS::Events::EventBus': emulated('Name', 'Description Tags', {
    KmsKeyIdentifier: encryption,
    DeadLetterConfig: 'it is for events that a key cannot encrypt, and nothing is encrypted locally',
    LogConfig: 'the bus writes no logs',
  }),
  'AWS::Events::EventBusPolicy': emulated('EventBusName Statement', 'StatementId'),
  'AWS::Events::Rule': emulated(
    `Name EventBusName EventPattern ScheduleExpression State Targets.Id Targets.Arn Targets.Input Targets.InputPath
     Targets.InputTransformer Targets.DeadLetterConfig.Arn Targets.RetryPolicy Targets.RoleArn`,
    'Description Tags',
    { 'Targets.SqsParameters': 'there are no FIFO queues' },
  ),
  'AWS::Events::Archive': approximated('its newest events are kept and replayed, 20,000 of them or 32 MB'),
  'AWS::EventSchemas::Registry': schemas,
  'AWS::EventSchemas::Schema': schemas,
  'AWS::SQS::Queue': emulated(
    `QueueName VisibilityTimeout MessageRetentionPeriod RedrivePolicy DelaySeconds ReceiveMessageWaitTimeSeconds
     MaximumMessageSize`,
    'Tags KmsDataKeyReusePeriodSeconds',
    {
      KmsMasterKeyId: encryption,
      SqsManagedSseEnabled: encryption,
      RedriveAllowPolicy: 'any queue may name it for its dead letters',
    },
  ),
  'AWS::SQS::QueuePolicy': emulated('Queues PolicyDocument'),
  'AWS::SNS::Topic': topics,
  'AWS::SNS::TopicPolicy': topics,
  'AWS::SNS::Subscription': notRun('nothing is sent to it'),
  'AWS::S3::Bucket': emulated('BucketName', 'PublicAccessBlockConfiguration OwnershipControls Tags', {
    VersioningConfiguration: 'each write has a version, and the newest alone is kept',
    LifecycleConfiguration: 'nothing expires',
    BucketEncryption: encryption,
    LoggingConfiguration: 'no access is logged',
    NotificationConfiguration: 'nobody is notified',
    ObjectLockEnabled: 'nothing is locked',
  }),
  'AWS::S3::BucketPolicy': emulated('Bucket PolicyDocument'),
  'AWS::SecretsManager::Secret': emulated(
    'Name SecretString GenerateSecretString.PasswordLength GenerateSecretString.ExcludePunctuation',
    'Description Tags',
    { KmsKeyId: encryption, ReplicaRegions: 'there is one region' },
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
  'AWS::KMS::Key': notRun(encryption),
  'AWS::KMS::Alias': notRun(encryption),
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
