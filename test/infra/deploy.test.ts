import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundle } from '../../infra/bundle.ts';
import { stageNamed } from '../../infra/stages.ts';
import { startCloudFormation } from './cloudformation.ts';
import { stackOf } from './synthesized.ts';

const ROOT = path.join(__dirname, '../..');
const run = promisify(execFile);

jest.setTimeout(300_000);

/** As infra/app.ts does it, with bundles of its own. */
const synthesize = (outdir: string, bundles: string): void => {
  process.env['CDK_VALIDATION'] = 'false';
  bundle(bundles);
  const code = (name: string) => Code.fromAsset(path.join(bundles, name), { exclude: ['*.map'] });
  stackOf(stageNamed('prod'), code, outdir).app.synth();
};

const temporary = mkdtempSync(path.join(tmpdir(), 'deploy-'));
const directory = path.join(temporary, 'cdk.out');
let aws: Awaited<ReturnType<typeof startCloudFormation>>;

beforeAll(async () => {
  aws = await startCloudFormation();
  const env = {
    PATH: process.env['PATH'],
    HOME: temporary,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: aws.url,
  };
  synthesize(directory, path.join(temporary, 'bundles'));
  const cli = path.join(ROOT, 'node_modules/aws-cdk/bin/cdk');
  const options = ['--require-approval', 'never', '--parameters', 'JwtIssuer=https://issuer.example'];
  await run(process.execPath, [cli, 'deploy', '--app', directory, ...options], { cwd: temporary, env });
});
afterAll(async () => {
  await aws.close();
  rmSync(temporary, { recursive: true });
});

const calls = (service: string, action: string) =>
  aws.received.filter((call) => call.service === service && call.action === action);

describe('given `cdk deploy` with an endpoint in the environment', () => {
  test('then the template that was synthesized is what CloudFormation is told to deploy, byte for byte', () => {
    const [changeSet] = calls('cloudformation', 'CreateChangeSet');
    const url = new URL(changeSet!.parameters['TemplateURL'] ?? '');
    const uploaded = calls('s3', 'PUT').find(({ parameters }) => parameters['key'] === url.pathname);
    expect(uploaded!.body.toString()).toBe(
      readFileSync(path.join(directory, 'Orders.template.json'), 'utf8'),
    );
  });

  test('then a bundle of each function goes where the template says that its code is', () => {
    const template = readFileSync(path.join(directory, 'Orders.template.json'), 'utf8');
    const keys = [...template.matchAll(/"S3Key": "(\w+\.zip)"/g)].map(([, key]) => key);
    const uploaded = calls('s3', 'PUT').map(({ parameters }) => path.basename(parameters['key'] ?? ''));
    expect(keys.length).toBeGreaterThanOrEqual(5);
    expect(keys.filter((key) => !uploaded.includes(key ?? ''))).toEqual([]);
  });

  test('then the change set has the parameters and capabilities that the template needs, and is carried out', () => {
    const [changeSet] = calls('cloudformation', 'CreateChangeSet');
    expect(changeSet!.parameters).toMatchObject({
      StackName: 'Orders',
      ChangeSetType: 'CREATE',
      'Parameters.member.1.ParameterKey': 'JwtIssuer',
      'Parameters.member.1.ParameterValue': 'https://issuer.example',
      'Capabilities.member.1': 'CAPABILITY_IAM',
    });
    expect(calls('cloudformation', 'ExecuteChangeSet')).toHaveLength(1);
  });

  test('then prod is protected from being deleted', () => {
    const [protection] = calls('cloudformation', 'UpdateTerminationProtection');
    expect(protection!.parameters).toMatchObject({ EnableTerminationProtection: 'true' });
  });

  test('then nothing that is deployed knows this machine', () => {
    const deployed = calls('s3', 'PUT').filter(({ parameters }) => parameters['key']?.endsWith('.json'));
    for (const { body } of deployed) {
      expect(body.toString()).not.toContain(ROOT);
      expect(body.toString()).not.toContain(temporary);
    }
  });
});
