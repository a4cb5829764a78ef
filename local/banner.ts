import type { Local } from './local.ts';

const services = [
  'DYNAMODB',
  'DYNAMODB_STREAMS',
  'EVENTBRIDGE',
  'SQS',
  'S3',
  'LAMBDA',
  'CLOUDWATCH',
  'CLOUDWATCH_LOGS',
  'SECRETS_MANAGER',
];

/** What a person needs to begin, all but the last line. */
export async function banner(local: Local, dataDir: string | undefined): Promise<string> {
  const { url, awsUrl, region, notes, stack } = local;
  const token = await local.token({ sub: 'C101', scope: 'orders/customer', customer_id: 'C101' });
  const { accountId } = stack;
  const targets = new Set(
    stack.ofType('AWS::Events::Rule').flatMap(({ properties }) => targetArns(properties)),
  );
  const queues = stack.ofType('AWS::SQS::Queue').filter(({ arn }) => targets.has(arn));
  const nameOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);
  const notRun = notes.map(
    ({ type, property = '', level, words, logicalIds }) =>
      `  ${level.padEnd(12)} ${`${type} ${property}`.trim()}${logicalIds.length > 1 ? ` (${logicalIds.length})` : ''}: ${words}`,
  );
  const curl = [
    `curl -i -X POST ${url}/customers/C101/orders`,
    `-H 'authorization: Bearer ${token}'`,
    `-H 'content-type: application/json'`,
    `-d '{"amount":1999}'`,
  ];
  return [
    '',
    `API     ${url}`,
    `Console ${url}/_console  (see what happens)`,
    `Docs    ${url}/docs  (to read, and to try it out)`,
    `AWS     ${awsUrl}  (for the SDKs and the CLI)`,
    `Tokens  ${url}/_issuer/token`,
    `Data    ${dataDir ?? 'temporary; --data-dir DIR keeps it'}`,
    '',
    'In the template, and not run here as in the cloud:',
    ...notRun,
    '',
    'For AWS SDKs (and version 2 of the AWS CLI; an older one needs --endpoint-url):',
    ...services.map((service) => `export AWS_ENDPOINT_URL_${service}=${awsUrl}`),
    `export AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    '',
    'A token of customer C101, good for 12 hours:',
    token,
    '',
    'Create an order:',
    curl.join(' '),
    '',
    ...queues.map(({ arn }) => `Its event arrives in the queue ${awsUrl}/${accountId}/${nameOf(arn)}`),
    '',
  ].join('\n');
}

function targetArns({ Targets = [] }: Record<string, unknown>): string[] {
  return (Targets as { Arn: string }[]).map(({ Arn }) => Arn);
}
