import { Aws, CfnMapping, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where CloudWatch shows a dashboard: each partition has a console of its own. */
export const dashboardUrl = (scope: Construct, dashboardName: string): string => {
  const consoles = new CfnMapping(scope, 'Consoles', {
    mapping: {
      aws: { host: 'console.aws.amazon.com' },
      'aws-cn': { host: 'console.amazonaws.cn' },
      'aws-us-gov': { host: 'console.amazonaws-us-gov.com' },
    },
  });
  const host = consoles.findInMap(Aws.PARTITION, 'host');
  return Fn.join('', [
    `https://${Aws.REGION}.`,
    host,
    `/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${dashboardName}`,
  ]);
};
