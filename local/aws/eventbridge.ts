import { matches } from '../../packages/event-pattern/src/index.ts';
import type { BusService } from '../bus/service.ts';
import { InvalidRequest } from '../bus/entries.ts';
import { busArn, busName, type Rule } from '../bus/rules.ts';
import type { Clock, Stack } from '../parts.ts';
import { isJson, text, type Properties } from '../properties.ts';
import { archiveOperations } from './eventbridge-archives.ts';
import { putEventsEntries, required, withPattern } from './eventbridge-input.ts';
import { replayOperations } from './eventbridge-replays.ts';
import { scratchRuleOperations } from './eventbridge-rules.ts';
import { AwsError, jsonService, type AwsService } from './service.ts';

export function eventBridgeService(parts: { bus: BusService; stack: Stack; clock: Clock }): AwsService {
  const { bus, stack, clock } = parts;
  const busNamed = (input: Properties, field: string): string => {
    const name = busName(text(input, field));
    if (!bus.rules.hasBus(name)) throw notFound(`Event bus ${name} does not exist.`);
    return name;
  };
  const ruleNamed = (input: Properties, field: string): Rule => {
    const name = required(input, field);
    const busOfRule = busNamed(input, 'EventBusName');
    const rule = bus.rules.find(busOfRule, name);
    if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${busOfRule}.`);
    return rule;
  };

  return jsonService({
    name: 'events',
    contentType: 'application/x-amz-json-1.1',
    operations: {
      PutEvents: async (input) => {
        try {
          return await bus.putEvents(putEventsEntries(input));
        } catch (error) {
          if (error instanceof InvalidRequest) throw new AwsError('ValidationException', error.message);
          throw error;
        }
      },
      TestEventPattern: (input) => {
        const event = required(input, 'Event');
        if (!isJson(event)) throw new AwsError('ValidationException', 'Parameter Event is not valid.');
        return { Result: withPattern(() => matches(required(input, 'EventPattern'), event)) };
      },
      ListEventBuses: () => ({
        EventBuses: bus.rules.buses().map((name) => ({ Name: name, Arn: busArn(stack, name) })),
      }),
      DescribeEventBus: (input) => {
        const name = busNamed(input, 'Name');
        return { Name: name, Arn: busArn(stack, name) };
      },
      ListRules: (input) => {
        const prefix = text(input, 'NamePrefix') ?? '';
        const rules = bus.rules.rules(busNamed(input, 'EventBusName'));
        return { Rules: rules.filter(({ name }) => name.startsWith(prefix)).map(described) };
      },
      DescribeRule: (input) => described(ruleNamed(input, 'Name')),
      ListTargetsByRule: (input) => ({
        Targets: ruleNamed(input, 'Rule').targets.map(({ declaration }) => declaration),
      }),
      ...scratchRuleOperations({ bus, stack, busNamed, ruleNamed }),
      ...archiveOperations({ bus, stack, clock }),
      ...replayOperations({ bus, stack }),
    },
  });
}

const described = ({ name, arn, pattern, schedule, enabled, bus }: Rule) => ({
  Name: name,
  Arn: arn,
  EventPattern: pattern,
  ScheduleExpression: schedule,
  State: enabled ? 'ENABLED' : 'DISABLED',
  EventBusName: bus,
});

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
