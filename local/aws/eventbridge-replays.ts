import type { BusService } from '../bus/service.ts';
import type { Replay } from '../bus/replays.ts';
import { maxReplays } from '../bus/replaying.ts';
import { busArn, ruleArn } from '../bus/rules.ts';
import type { Stack } from '../parts.ts';
import { nameInArn, numeric, record, text, texts, type Properties } from '../properties.ts';
import { required } from './eventbridge-input.ts';
import { AwsError } from './service.ts';

const endedStates = ['COMPLETED', 'CANCELLED', 'FAILED'];
const isOpen = ({ state }: Replay) => !endedStates.includes(state);

export function replayOperations({ bus, stack }: { bus: BusService; stack: Stack }) {
  const { replays, rules } = bus;
  const arnOf = (name: string) => `arn:aws:events:${stack.region}:${stack.accountId}:replay/${name}`;
  const archiveArn = (name: string) => rules.archives.find((archive) => archive.name === name)?.arn;

  const named = (input: Properties): Replay => {
    const name = required(input, 'ReplayName');
    const replay = replays.find(name);
    if (!replay) throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
    return replay;
  };
  const summary = (replay: Replay) => ({
    ReplayName: replay.name,
    EventSourceArn: archiveArn(replay.archive),
    State: replay.state,
    StateReason: replay.reason,
    EventStartTime: replay.from / 1000,
    EventEndTime: replay.to / 1000,
    ReplayStartTime: replay.startedAt / 1000,
    ...(replay.reached && { EventLastReplayedTime: replay.reached.at / 1000 }),
    ...(replay.endedAt !== undefined && { ReplayEndTime: replay.endedAt / 1000 }),
  });

  const destinationOf = (input: Properties, archive: { bus: string }): string[] | undefined => {
    const destination = record(input, 'Destination') ?? {};
    const arn = required(destination, 'Arn');
    if (!/^arn:[^:]+:events:.*:event-bus\/.+$/.test(arn))
      throw invalid('Destination.Arn', 'Must contain an event bus ARN.');
    const name = nameInArn(arn);
    if (!rules.hasBus(name))
      throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    if (name !== archive.bus) throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.');
    const asked = texts(destination, 'FilterArns');
    for (const filter of asked) {
      const rule = nameInArn(filter);
      if (filter === ruleArn(stack, name, rule) && rules.find(name, rule)) continue;
      throw new AwsError('ResourceNotFoundException', `Rule ${rule} does not exist on EventBus ${name}.`);
    }
    return asked.length > 0 ? asked.map(nameInArn) : undefined;
  };

  return {
    StartReplay: async (input: Properties) => {
      const name = required(input, 'ReplayName');
      if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalid('ReplayName', 'Must match [.\\-_A-Za-z0-9]+.');
      const source = required(input, 'EventSourceArn');
      const archive = rules.archives.find(({ arn }) => arn === source);
      if (!archive) throw invalid('EventSourceArn', `Archive ${nameInArn(source)} does not exist.`);
      const only = destinationOf(input, archive);
      const [from, to] = [required(input, 'EventStartTime'), required(input, 'EventEndTime')].map(Number);
      if (from === undefined || to === undefined || !(from < to))
        throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.');
      if (replays.find(name))
        throw new AwsError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
      if (replays.list().filter(isOpen).length >= maxReplays)
        throw new AwsError('LimitExceededException', `${maxReplays} replays are under way.`);
      const description = text(input, 'Description');
      const { state, startedAt } = await replays.start({
        name,
        archive: archive.name,
        bus: archive.bus,
        // An event's time has no fractions of a second.
        from: Math.floor(from) * 1000,
        to: to * 1000,
        ...(only && { rules: only }),
        ...(description !== undefined && { description }),
      });
      return { ReplayArn: arnOf(name), State: state, ReplayStartTime: startedAt / 1000 };
    },
    DescribeReplay: (input: Properties) => {
      const replay = named(input);
      const filters = replay.rules?.map((rule) => ruleArn(stack, replay.bus, rule));
      return {
        ...summary(replay),
        ReplayArn: arnOf(replay.name),
        Description: replay.description,
        Destination: { Arn: busArn(stack, replay.bus), ...(filters && { FilterArns: filters }) },
      };
    },
    ListReplays: (input: Properties) => {
      const prefix = text(input, 'NamePrefix') ?? '';
      const [source, state] = [text(input, 'EventSourceArn'), text(input, 'State')];
      const all = replays
        .list()
        .filter(
          (replay) =>
            replay.name.startsWith(prefix) &&
            (source === undefined || archiveArn(replay.archive) === source) &&
            (state === undefined || replay.state === state),
        );
      const first = Number(text(input, 'NextToken') ?? 0);
      const next = first + (numeric(input, 'Limit') ?? 100);
      return {
        Replays: all.slice(first, next).map(summary),
        ...(next < all.length && { NextToken: String(next) }),
      };
    },
    CancelReplay: async (input: Properties) => {
      const replay = named(input);
      if (!isOpen(replay)) {
        throw new AwsError(
          'IllegalStatusException',
          `Replay ${replay.name} is not in a valid state for this operation.`,
        );
      }
      await replays.cancel(replay.name);
      return { ReplayArn: arnOf(replay.name), State: 'CANCELLING' };
    },
  };
}

const invalid = (parameter: string, reason: string) =>
  new AwsError('ValidationException', `Parameter ${parameter} is not valid. Reason: ${reason}`);
