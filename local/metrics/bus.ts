import { AwsError, type AwsService } from '../aws/service.ts';
import type { Metrics } from './store.ts';

interface RuleOfBus {
  bus: string;
  name: string;
}

/** Told what becomes of events, as AWS/Events counts them. */
export interface BusMeter {
  put(call: { entries: number; failed: number; bytes: number; ms: number }): void;
  /** The whole call was refused, or throttled. */
  refused(why: 'failed' | 'throttled'): void;
  /** The rules that match an event, and how many targets they give it to. */
  matched(bus: string, rules: readonly { name: string; targets: number }[]): void;
  /** Before each try of a target; `retry` for all but the first. */
  tried(rule: RuleOfBus, about: { retry: boolean; ageMs: number }): void;
  delivered(rule: RuleOfBus, ageMs: number): void;
  /** For good: kept as a dead letter, not taken by its dead-letter queue, or without one. */
  failed(rule: RuleOfBus, letter: 'sent' | 'not taken' | 'none'): void;
}

type For = 'rule' | 'bus' | 'all';

export function busMeter(metrics: Metrics): BusMeter {
  const measure = (name: string, dimensions: Record<string, string>, value: number) =>
    metrics.measure('AWS/Events', name, dimensions)(value);
  /** What only the name of a rule is known of is of the default bus. */
  const put = ({ bus, name }: RuleOfBus, metric: string, value: number, kept: readonly For[] = ['rule']) => {
    if (kept.includes('rule')) {
      measure(metric, bus === 'default' ? { RuleName: name } : { EventBusName: bus, RuleName: name }, value);
    }
    if (kept.includes('bus')) measure(metric, { EventBusName: bus }, value);
    if (kept.includes('all')) measure(metric, {}, value);
  };
  const everywhere = ['rule', 'bus', 'all'] as const;

  return {
    put: ({ entries, failed, bytes, ms }) => {
      measure('PutEventsApproximateCallCount', {}, 1);
      measure('PutEventsApproximateSuccessCount', {}, 1);
      measure('PutEventsEntriesCount', {}, entries);
      measure('PutEventsFailedEntriesCount', {}, failed);
      measure('PutEventsRequestSize', {}, bytes);
      measure('PutEventsLatency', {}, ms);
    },
    refused: (why) => {
      measure('PutEventsApproximateCallCount', {}, 1);
      measure(
        why === 'throttled' ? 'PutEventsApproximateThrottledCount' : 'PutEventsApproximateFailedCount',
        {},
        1,
      );
    },
    matched: (bus, rules) => {
      if (rules.length > 0) measure('MatchedEvents', { EventBusName: bus }, 1);
      for (const { name, targets } of rules) {
        put({ bus, name }, 'MatchedEvents', 1);
        put({ bus, name }, 'TriggeredRules', 1, everywhere);
        measure('InvocationsCreated', {}, targets);
      }
    },
    tried: (rule, { retry, ageMs }) => {
      put(rule, 'InvocationAttempts', 1, everywhere);
      if (retry) put(rule, 'RetryInvocationAttempts', 1, everywhere);
      else {
        // Spelled as EventBridge sends them.
        put(rule, 'IngestiontoInvocationStartLatency', ageMs, everywhere);
        put(rule, 'IngestiontoInvocationCompleteLatency', ageMs, everywhere);
      }
    },
    delivered: (rule, ageMs) => {
      put(rule, 'Invocations', 1, ['rule', 'all']);
      put(rule, 'SuccessfulInvocationAttempts', 1, everywhere);
      put(rule, 'IngestionToInvocationSuccessLatency', ageMs, everywhere);
    },
    failed: (rule, letter) => {
      put(rule, 'Invocations', 1, ['rule', 'all']);
      put(rule, 'FailedInvocations', 1);
      if (letter === 'sent') put(rule, 'InvocationsSentToDlq', 1);
      if (letter === 'not taken') put(rule, 'InvocationsFailedToBeSentToDlq', 1);
    },
  };
}

/** EventBridge, counting its answers to PutEvents. */
export const meteredEvents = (service: AwsService, meter: BusMeter, now: () => number): AwsService => ({
  ...service,
  answer: async (call) => {
    if (call.operation !== 'PutEvents') return service.answer(call);
    const began = now();
    try {
      const answer = await service.answer(call);
      const { Entries = [], FailedEntryCount = 0 } = JSON.parse(String(answer.body)) as {
        Entries?: unknown[];
        FailedEntryCount?: number;
      };
      meter.put({
        entries: Entries.length,
        failed: FailedEntryCount,
        bytes: call.request.body.length,
        ms: now() - began,
      });
      return answer;
    } catch (error) {
      meter.refused(
        error instanceof AwsError && error.code === 'ThrottlingException' ? 'throttled' : 'failed',
      );
      throw error;
    }
  },
});
