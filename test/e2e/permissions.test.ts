import type { Access, Principal } from '../../local/parts.ts';
import { createPermissions } from '../../local/permissions/permissions.ts';
import type { Local } from '../../local/local.ts';
import { startLocal } from '../../local/start.ts';
import type { Template } from '../../local/template/assembly.ts';
import { told } from '../local/support/permissions.ts';
import { grantsOf, without, type Grant } from '../support/grants.ts';
import { actingOn, type Acting } from './acting.ts';
import { SCENARIOS, START } from './permission-scenarios.ts';

interface Question {
  principal: Principal;
  access: Access;
  denial: string | undefined;
}

let local: Local;
let acting: Acting;
let grants: Grant[];
let scenario = START;
/** What was asked for while each scenario ran, each question once. */
const asked = new Map<string, Map<string, Question>>();

const hear = (principal: Principal, access: Access, denial: string | undefined) => {
  const questions = asked.get(scenario) ?? new Map<string, Question>();
  asked.set(scenario, questions);
  questions.set(`${told(principal, access)} ${JSON.stringify(access.context)}`, {
    principal,
    access,
    denial,
  });
};

/** What is given up is given up at once: permissions are the same, and hours need not pass. */
const impatient = ({ Resources }: Template): void => {
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::EventInvokeConfig') Properties['MaximumRetryAttempts'] = 0;
    if (Type === 'AWS::Lambda::EventSourceMapping') Properties['MaximumRecordAgeInSeconds'] = 60;
    if (Type !== 'AWS::Events::Rule') continue;
    for (const target of Properties['Targets'] as Record<string, unknown>[])
      target['RetryPolicy'] = { MaximumRetryAttempts: 0 };
  }
};

beforeAll(async () => {
  local = await startLocal({ asked: hear, amend: impatient, warn: () => undefined });
  acting = await actingOn(local);
  grants = grantsOf(local.stack);
});
afterAll(() => local.close());

test.each(SCENARIOS)(
  '$name: given the template without one of its grants, then something is denied',
  async ({ name, run, needs }) => {
    scenario = name;
    await run(acting);
    await local.drain();
    const questions = [...(asked.get(name)?.values() ?? [])];
    const notNeeded = needs.filter((line) => {
      const grant = grants.find((each) => each.line === line);
      if (!grant) return true;
      const permissions = createPermissions({ stack: without(local.stack, grant) });
      return questions.every(({ principal, access }) => permissions.denial(principal, access) === undefined);
    });
    expect(notNeeded).toEqual([]);
  },
);

test('given all scenarios, then nothing was denied to any function or service', () => {
  const denials = [...asked.values()].flatMap((questions) => [...questions.values()]);
  expect(denials.length).toBeGreaterThan(grants.length);
  expect(denials.filter(({ denial }) => denial !== undefined)).toEqual([]);
});

test('given what the template grants, then each grant is needed by a scenario, and none is there for nothing', () => {
  const needed = SCENARIOS.flatMap(({ needs }) => needs);
  expect(grants.map(({ line }) => line).sort()).toEqual(needed.sort());
});
