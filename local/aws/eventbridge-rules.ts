import { compile } from '../../packages/event-pattern/src/index.ts';
import type { BusService } from '../bus/service.ts';
import { beyondLimits } from '../bus/target-limits.ts';
import { parseTarget, ruleArn, type Rule } from '../bus/rules.ts';
import type { Stack } from '../parts.ts';
import { records, text, texts, type Properties } from '../properties.ts';
import { required, withPattern } from './eventbridge-input.ts';
import { AwsError } from './service.ts';

const maxTargets = 5;

/** Rules to try things with. Those of the template are the template's: to change one, change infra/. */
export function scratchRuleOperations(parts: {
  bus: BusService;
  stack: Stack;
  busNamed: (input: Properties, field: string) => string;
  ruleNamed: (input: Properties, field: string) => Rule;
}) {
  const { bus, stack, busNamed, ruleNamed } = parts;
  const scratchRule = (input: Properties, field: string): Rule => scratchOnly(ruleNamed(input, field));

  return {
    PutRule: async (input: Properties) => {
      const name = required(input, 'Name');
      const busOfRule = busNamed(input, 'EventBusName');
      const known = bus.rules.find(busOfRule, name);
      if (known) scratchOnly(known);
      const pattern = text(input, 'EventPattern');
      if (pattern === undefined) {
        throw new AwsError(
          'ValidationException',
          'Parameter(s) EventPattern must be specified; only rules of the template run by a schedule here.',
        );
      }
      withPattern(() => compile(pattern));
      const arn = ruleArn(stack, busOfRule, name);
      const enabled = text(input, 'State') !== 'DISABLED';
      const targets = known?.targets ?? [];
      await bus.putRule({ name, bus: busOfRule, arn, pattern, enabled, targets, declared: false });
      return { RuleArn: arn };
    },
    DeleteRule: async (input: Properties) => {
      const name = required(input, 'Name');
      const known = bus.rules.find(busNamed(input, 'EventBusName'), name);
      if (!known) return {};
      if (scratchOnly(known).targets.length > 0) {
        throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      }
      await bus.deleteRule(known.bus, name);
      return {};
    },
    PutTargets: async (input: Properties) => {
      const rule = scratchRule(input, 'Rule');
      const added = records(input, 'Targets').map(parseTarget);
      const beyond = records(input, 'Targets')
        .map(beyondLimits)
        .find((words) => words !== undefined);
      if (beyond !== undefined) throw new AwsError('ValidationException', beyond);
      const kept = rule.targets.filter(({ id }) => !added.some((target) => target.id === id));
      if (kept.length + added.length > maxTargets) {
        throw new AwsError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        );
      }
      await bus.putRule({ ...rule, targets: [...kept, ...added] });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: async (input: Properties) => {
      const rule = scratchRule(input, 'Rule');
      const ids = texts(input, 'Ids');
      await bus.putRule({ ...rule, targets: rule.targets.filter(({ id }) => !ids.includes(id)) });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };
}

function scratchOnly(rule: Rule): Rule {
  if (!rule.declared) return rule;
  throw new AwsError('ManagedRuleException', `Rule ${rule.name} is the template's: change it there.`);
}
