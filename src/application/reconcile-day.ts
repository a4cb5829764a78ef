import type { Order, OrderKey } from '../domain/order.ts';
import { lastEvent, type OrderEvent } from '../domain/order-events.ts';
import { gapsIn, type VersionRange } from '../domain/order-history.ts';
import type { Clock, EventPublisher, OrderHistory, OrderRepository, Publication } from './ports.ts';

export interface DayRequest {
  /** The UTC day that the orders were created on. */
  day: string;
  /** Where the page before ended; without it the day begins. */
  position?: string;
  /** Only what changed later than this. */
  after?: string;
  /** Nothing that changed later than this: its event may still be on its way. */
  until: string;
  /** Says what is missing, and publishes nothing. */
  dryRun?: boolean;
}

/** An order whose events are not all in its history. */
export interface Finding extends OrderKey {
  createdAt: string;
  version: number;
  /** Older versions: their events cannot be made again from what the order holds. */
  gaps: VersionRange[];
  /** What came of the latest version: `unstated` where it was changed by hand, so that no event of it is known. */
  latest: 'kept' | 'missing' | 're-emitted' | 'unstated' | 'refused' | 'failed';
  reason?: string;
}

export interface ReconciledPage {
  /** Orders of the page, those among them that were compared, and those that changed too recently for it. */
  read: number;
  compared: number;
  recent: number;
  findings: Finding[];
  /** Absent at the end of the day. */
  next?: string;
}

interface Dependencies {
  orders: OrderRepository;
  history: OrderHistory;
  publisher: EventPublisher;
  clock: Clock;
  historyRetentionDays: number;
}

const PAGE = 100;
const DAY_MS = 86_400_000;

interface Compared {
  finding: Finding;
  event?: OrderEvent;
}

/** Compares one page of the orders of a day with their history, and publishes latest versions that are missing there. */
export const reconcileDay =
  ({ orders, history, publisher, clock, historyRetentionDays }: Dependencies) =>
  async (
    { day, position, after, until, dryRun = false }: DayRequest,
    deadline: number,
  ): Promise<ReconciledPage> => {
    // A day less than they are kept, so that none expires while it is looked for.
    const keptSince = new Date(Date.parse(clock()) - (historyRetentionDays - 1) * DAY_MS).toISOString();

    const compare = async (order: Order): Promise<Compared | 'recent' | undefined> => {
      const { customerId, orderId, createdAt, version } = order;
      const kept = await history.versions(order, createdAt, keptSince);
      const missing = gapsIn(order, kept, keptSince);
      if (missing.length === 0) return undefined;
      const gaps = missing.flatMap(({ from, to }) => {
        const end = Math.min(to, version - 1);
        return from <= end ? [{ from, to: end }] : [];
      });
      const finding = { customerId, orderId, createdAt, version, gaps };
      if (missing.at(-1)?.to !== version) return { finding: { ...finding, latest: 'kept' } };
      const record = await orders.find(order, true);
      if (record?.order.version !== version || record.order.createdAt !== createdAt) return 'recent';
      const event = lastEvent(record);
      if (!event) return { finding: { ...finding, latest: 'unstated' } };
      return { finding: { ...finding, latest: 'missing' }, event };
    };

    const { orders: read, next } = await orders.list(
      { by: 'date', date: day },
      { limit: PAGE, direction: 'asc', ...(position !== undefined && { after: position }) },
    );
    const changedAfter = (time: string | undefined) => (order: Order) =>
      time !== undefined && Date.parse(order.change.at) > Date.parse(time);
    const recent = read.filter(changedAfter(until));
    const due = read.filter(
      (order) => !recent.includes(order) && (after === undefined || changedAfter(after)(order)),
    );
    const all = await Promise.all(due.map(compare));
    const found = all.filter((each) => typeof each === 'object');

    // An order that changes meanwhile may have its next event overtake this one, which its sequence shows to be stale.
    const missing = found.flatMap(({ finding, event }) => (event ? [{ finding, event }] : []));
    const publications = dryRun
      ? []
      : await publisher.publish(
          missing.map(({ event }) => event),
          deadline,
        );
    for (const [place, publication] of publications.entries()) {
      const finding = missing[place]?.finding;
      if (finding) Object.assign(finding, outcomeOf(publication));
    }
    const changing = all.filter((each) => each === 'recent').length;
    return {
      read: read.length,
      compared: due.length - changing,
      recent: recent.length + changing,
      findings: found.map(({ finding }) => finding),
      ...(next !== undefined && { next }),
    };
  };

const outcomeOf = (publication: Publication): Pick<Finding, 'latest' | 'reason'> =>
  publication.outcome === 'published'
    ? { latest: 're-emitted' }
    : { latest: publication.outcome, reason: `${publication.code}: ${publication.detail}` };
