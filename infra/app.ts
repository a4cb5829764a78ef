import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../cdk.json' with { type: 'json' };
import { bundle, bundleDirectory } from './bundle.ts';
import { OrdersStack } from './orders-stack.ts';
import { stageNamed } from './stages.ts';

// The context again, for runs without the CDK CLI, which is what reads cdk.json.
const app = new App({ context: cdk.context, analyticsReporting: false });
const stage = stageNamed((app.node.tryGetContext('stage') as string | undefined) ?? 'dev');

bundle();
new OrdersStack(app, 'Orders', {
  stage,
  code: (name) => Code.fromAsset(bundleDirectory(name), { exclude: ['*.map'] }),
});
app.synth();
