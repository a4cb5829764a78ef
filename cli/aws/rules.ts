import {
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type EventBridgeClient,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';

export interface RuleWithTargets {
  name: string;
  arn: string;
  enabled: boolean;
  /** EventBridge's own, as that of an archive. */
  managed: boolean;
  pattern: string | undefined;
  targets: Target[];
}

/** Everything that hears of events on the bus. */
export async function rulesOf(events: EventBridgeClient, bus: string): Promise<RuleWithTargets[]> {
  const rules: Rule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await events.send(new ListRulesCommand({ EventBusName: bus, NextToken }));
    rules.push(...(page.Rules ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  const all: RuleWithTargets[] = [];
  for (const { Name = '', Arn = '', EventPattern, State, ManagedBy } of rules) {
    const targets = await targetsOf(events, bus, Name);
    const [enabled, managed] = [State !== 'DISABLED', ManagedBy !== undefined];
    all.push({ name: Name, arn: Arn, enabled, managed, pattern: EventPattern, targets });
  }
  return all;
}

/** Five at most: one page. */
export async function targetsOf(events: EventBridgeClient, bus: string, rule: string): Promise<Target[]> {
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ EventBusName: bus, Rule: rule }));
  return Targets;
}
