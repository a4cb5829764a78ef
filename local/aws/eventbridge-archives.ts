import type { BusService } from '../bus/service.ts';
import type { Archive } from '../bus/rule-book.ts';
import { busArn } from '../bus/rules.ts';
import type { Clock, Stack } from '../parts.ts';
import { nameInArn, text, type Properties } from '../properties.ts';
import { required } from './eventbridge-input.ts';
import { AwsError } from './service.ts';

/** The archives of the template, to be looked at: to change one, change infra/. */
export function archiveOperations({ bus, stack, clock }: { bus: BusService; stack: Stack; clock: Clock }) {
  const since = clock.now() / 1000;

  const described = ({ name, bus: source, retentionDays = 0 }: Archive) => {
    const events = bus.archived(name)?.events ?? [];
    return {
      ArchiveName: name,
      EventSourceArn: busArn(stack, source),
      State: 'ENABLED',
      RetentionDays: retentionDays,
      SizeBytes: events.reduce((bytes, { json }) => bytes + Buffer.byteLength(json), 0),
      EventCount: events.length,
      CreationTime: since,
    };
  };

  return {
    ListArchives: (input: Properties) => {
      const [prefix, source] = [text(input, 'NamePrefix') ?? '', text(input, 'EventSourceArn')];
      const archives = bus.rules.archives.filter(
        (archive) =>
          archive.name.startsWith(prefix) &&
          (source === undefined || archive.bus === nameInArn(source)) &&
          (text(input, 'State') ?? 'ENABLED') === 'ENABLED',
      );
      return { Archives: archives.map(described) };
    },
    DescribeArchive: (input: Properties) => {
      const name = required(input, 'ArchiveName');
      const archive = bus.archived(name)?.archive;
      if (!archive) throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
      const { arn, pattern } = archive;
      return { ...described(archive), ArchiveArn: arn, ...(pattern && { EventPattern: pattern }) };
    },
  };
}
