import { rmSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DailySalesStack } from '../infra/stack.ts';

const context = {
  // What the published schemas of CloudFormation refuse is an error here, not at the deployment.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // The code needs no bundling to be looked at.
  'aws:cdk:bundling-stacks': [],
};
const app = new App({ analyticsReporting: false, context });
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
