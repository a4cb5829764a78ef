import type { OrderEventEnvelope } from '../types.ts';
import type { OrderedConsumer } from './ordered-consumer.ts';
import { standingOf, type Standing } from './standing.ts';

/** What Lambda gives of an SQS queue, as far as it is needed. */
export interface SqsEvent {
  Records: readonly { messageId: string; body: string }[];
}

/** For event source mappings with ReportBatchItemFailures. */
export interface SqsBatchResponse {
  batchItemFailures: { itemIdentifier: string }[];
}

export interface SqsHandlerOptions {
  /** Hears why a message will come again; `console.error` when not given. */
  onFailure?: (error: unknown, messageId: string) => void;
}

interface Delivery extends Standing {
  messageId: string;
  event: OrderEventEnvelope;
}

/**
 * A Lambda handler for a queue that a rule sends events to: only what failed comes again. Events of one order are handled
 * one after the other in their order, and not beyond one that failed; orders side by side. The mapping must report batch
 * item failures (`reportBatchItemFailures: true` in CDK), and the queue should have a dead-letter queue.
 */
export const sqsHandler =
  (consumer: OrderedConsumer, { onFailure = logged }: SqsHandlerOptions = {}) =>
  async ({ Records }: SqsEvent): Promise<SqsBatchResponse> => {
    const failed: string[] = [];
    const fail = (error: unknown, messageId: string): void => {
      failed.push(messageId);
      onFailure(error, messageId);
    };
    const orders = new Map<string, Delivery[]>();
    for (const { messageId, body } of Records) {
      try {
        const event = JSON.parse(body) as OrderEventEnvelope;
        const standing = standingOf(event);
        const { customerId, orderId } = standing.order;
        const key = `${customerId}#${orderId}`;
        orders.set(key, [...(orders.get(key) ?? []), { ...standing, messageId, event }]);
      } catch (error) {
        fail(error, messageId);
      }
    }
    const inTurn = async (deliveries: Delivery[]): Promise<void> => {
      let stopped = false;
      for (const { messageId, event } of deliveries.sort(byPosition)) {
        try {
          if (stopped) throw new Error('An earlier event of the order failed.');
          await consumer.handle(event);
        } catch (error) {
          stopped = true;
          fail(error, messageId);
        }
      }
    };
    await Promise.all([...orders.values()].map(inTurn));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const byPosition = ({ position: a }: Delivery, { position: b }: Delivery): number =>
  a.createdAt === b.createdAt ? a.sequence - b.sequence : a.createdAt < b.createdAt ? -1 : 1;

const logged = (error: unknown, messageId: string): void =>
  console.error(
    `Message ${messageId} comes again: ${error instanceof Error ? error.message : String(error)}`,
  );
