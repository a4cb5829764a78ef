import { rmSync } from 'node:fs';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { stageFrom } from '../../infra/settings.ts';
import { STAGES } from '../../infra/stages.ts';
import { stackOf } from './synthesized.ts';

interface Finding {
  rule: string;
  path: string;
}

/** Everything that the packs find, whatever is said about it. */
const findingsIn = (app: App): Finding[] =>
  [new AwsSolutionsChecks(app), new ServerlessChecks(app), new NIST80053R5Checks(app)].flatMap((pack) => {
    Object.assign(pack, { isAcknowledged: () => false });
    return pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => ({ rule: ruleName, path: constructPath })),
      );
  });

interface Acknowledged extends Finding {
  reason: string;
}

const acknowledgedIn = (root: IConstruct): Acknowledged[] =>
  root.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          rule: id.replace(/^annotation::/i, ''),
          path: node.path,
          reason,
        })),
      ),
  );

const covers = (acknowledged: Acknowledged, { rule, path }: Finding): boolean =>
  acknowledged.rule === rule && (path === acknowledged.path || path.startsWith(`${acknowledged.path}/`));

const elsewhere = 'arn:aws:events:eu-central-1:444455556666:event-bus/company';
const place = { account: '111122223333', region: 'eu-central-1' };
const chosen = { identity: 'cognito', callbackUrls: 'https://shop.example/back' };

const choices = [
  ...STAGES.map((stage) => ({ in: stage.name, stage })),
  { in: 'dev with a user pool, traced', stage: stageFrom({ ...chosen, tracing: 'xray' }) },
  {
    in: 'prod with a user pool, untraced, and a bus elsewhere',
    stage: stageFrom({ stage: 'prod', ...chosen, ...place, tracing: 'off', eventBusArn: elsewhere }),
  },
];

describe.each(choices)(
  'given the rules of AwsSolutions, Serverless and NIST 800-53 r5, in $in',
  ({ stage }) => {
    const { app, stack } = stackOf(stage);
    const findings = findingsIn(app);
    const acknowledged = acknowledgedIn(app);
    afterAll(() => rmSync(app.outdir, { recursive: true }));

    test('then each is followed, or said beside the resource why not', () => {
      const unsaid = findings.filter((finding) => !acknowledged.some((each) => covers(each, finding)));
      expect(unsaid.map(({ rule, path }) => `${rule} ${path}`)).toEqual([]);
    });

    test('then nothing is said of a rule that is followed', () => {
      const needed = acknowledged.filter((each) => findings.some((finding) => covers(each, finding)));
      // What a class says of its resources must be needed by one of them.
      const said = ({ rule, reason }: Acknowledged) => `${rule}: ${reason}`;
      expect(new Set(acknowledged.map(said))).toEqual(new Set(needed.map(said)));
    });

    test('then no rule is set aside for the whole stack, and each reason is a sentence', () => {
      expect(acknowledged.filter(({ path }) => path === '' || path === stack.node.path)).toEqual([]);
      expect(acknowledged.filter(({ reason }) => !/^[A-Z’',:;\w\s-]{20,}.*\.$/.test(reason))).toEqual([]);
    });
  },
);
