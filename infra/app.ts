import { App } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../cdk.json' with { type: 'json' };
import { bundle, bundleDirectory } from './bundle.ts';
import { OrdersStack } from './orders-stack.ts';
import { stageFrom } from './settings.ts';

// The context again, for runs without the CDK CLI, which is what reads cdk.json.
const app = new App({ context: cdk.context, analyticsReporting: false });
const stage = stageFrom(app.node.getAllContext() as Record<string, unknown>);

bundle();
new OrdersStack(app, 'Orders', {
  stage,
  code: (name) => Code.fromAsset(bundleDirectory(name), { exclude: ['*.map'] }),
});
app.synth();
