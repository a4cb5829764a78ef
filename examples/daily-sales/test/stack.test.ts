import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DailySalesStack } from '../infra/stack.ts';

// CDK's own check of templates takes seconds; `cdk synth` makes it.
process.env['CDK_VALIDATION'] = 'false';

// The code needs no bundling to be looked at.
const app = new App({ analyticsReporting: false, context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new DailySalesStack(app, 'DailySales'));
afterAll(() => rmSync(app.outdir, { recursive: true }));

test('given the stack, then the function reads the queue of its subscription, and reports each message that failed', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SubscriptionQueue'), 'Arn'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  template.hasResourceProperties('AWS::Events::Rule', {
    Name: 'daily-sales',
    EventBusName: 'orders',
    EventPattern: { source: ['orders.service'] },
  });
});

test('then it may write sales and positions, and do nothing else in its tables', () => {
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')) as {
    Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } };
  }[];
  const actions = policy?.Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action);
  expect(actions?.filter((action) => action.startsWith('dynamodb:'))).toEqual([
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'dynamodb:UpdateItem',
  ]);
});
