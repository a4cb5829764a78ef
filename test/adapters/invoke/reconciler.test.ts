import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { Finding, ReconciledPage } from '../../../src/application/reconcile-day.ts';
import { reconcilerHandler } from '../../../src/adapters/invoke/reconciler.ts';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
const finding = (latest: Finding['latest'], reason?: string): Finding => ({
  customerId: 'C101',
  orderId: 'O5001',
  createdAt: '2026-11-22T12:00:00.000Z',
  version: 1,
  gaps: [],
  latest,
  ...(reason !== undefined && { reason }),
});

const round = (findings: Finding[], ends: Promise<unknown> = Promise.resolve()) => {
  const warned: unknown[] = [];
  const counted: (readonly Finding[])[] = [];
  const logger = {
    addContext: () => undefined,
    warn: (_: string, about: unknown) => warned.push(about),
    info: () => undefined,
  };
  const handler = reconcilerHandler({
    reconcileDay: () => Promise.reject(new Error('not asked for')),
    reconcileRound: async (_, tell: (page: ReconciledPage) => void) => {
      tell({ read: 3, compared: 3, recent: 0, findings });
      await ends;
      return { compared: 3, findings, done: false };
    },
    clock: () => '2026-11-23T12:00:00.000Z',
    graceMinutes: 420,
    logger: logger as unknown as Logger,
    metrics: { reconciled: (_, found) => counted.push(found) },
  });
  const answered = handler({ action: 'round' }, context);
  return { counted, warned, answered };
};

describe('a round of the reconciler', () => {
  it('given what was missing and is published again, then it says how much', async () => {
    const { answered, counted } = round([finding('re-emitted')]);
    expect(await answered).toEqual({ compared: 3, found: 1, done: false });
    expect(counted).toEqual([[finding('re-emitted')]]);
  });

  it('given events that cannot be published, then it is counted, and fails, so that an alarm tells of it', async () => {
    const denied = finding('failed', 'AccessDeniedException: no');
    const { answered, counted } = round([finding('re-emitted'), denied, denied]);
    await expect(answered).rejects.toThrow('2 events could not be published: AccessDeniedException: no');
    expect(counted).toHaveLength(1);
  });

  it('given a page that fails, then what those before it found is logged and counted, as they are not compared again', async () => {
    const { answered, counted, warned } = round(
      [finding('unstated')],
      Promise.reject(new Error('throttled')),
    );
    await expect(answered).rejects.toThrow('throttled');
    expect(counted).toEqual([[finding('unstated')]]);
    expect(warned).toMatchObject([{ orderId: 'O5001', latest: 'unstated' }]);
  });
});
