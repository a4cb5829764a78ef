import type { Clients } from '../aws/clients.ts';
import { serviceIn } from '../aws/names.ts';
import { rulesOf } from '../aws/rules.ts';
import { Failed } from '../command.ts';

/** The log group that keeps whole events of the bus. */
export async function auditLogOf(bus: string, { events }: Pick<Clients, 'events'>): Promise<string> {
  for (const { targets } of await rulesOf(events, bus)) {
    const target = targets.find(
      ({ Arn = '', Input, InputPath, InputTransformer }) =>
        serviceIn(Arn) === 'logs' && Input === undefined && InputPath === undefined && !InputTransformer,
    );
    if (target?.Arn !== undefined) return target.Arn.replace(/^.*:log-group:/, '').replace(/:\*$/, '');
  }
  throw new Failed(
    `No rule of the bus ${bus} keeps whole events in a log group, and an archive cannot be read. It can be replayed: without --order, --customer, --type and --rate.`,
  );
}
