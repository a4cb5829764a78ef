import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { uuidOf } from '../packages/order-events/src/testing/identity.ts';
import type { OrderEventEnvelope } from '../packages/order-events/src/types.ts';
import { emitted } from './emitted.ts';
import { SAMPLE_WRITES, type SampleWrite } from './sample-writes.ts';

export interface Sample extends Pick<SampleWrite, 'type' | 'name' | 'shows'> {
  event: OrderEventEnvelope;
}

/** As a rule's target gets it. What EventBridge would make up is the same each time. */
const envelope = ({ DetailType, Source, Time, Detail = '' }: PutEventsRequestEntry): OrderEventEnvelope => {
  const detail = JSON.parse(Detail) as OrderEventEnvelope['detail'];
  return {
    version: '0',
    id: uuidOf([detail.metadata.eventId, 'delivery']),
    'detail-type': DetailType,
    source: Source,
    account: '123456789012',
    time: `${Time?.toISOString().slice(0, 19)}Z`,
    region: 'eu-west-1',
    resources: [],
    detail,
  } as OrderEventEnvelope;
};

export const samples = (): Promise<Sample[]> =>
  Promise.all(
    SAMPLE_WRITES.map(async ({ type, name, shows, ...write }) => ({
      type,
      name,
      shows,
      event: envelope(await emitted(write)),
    })),
  );
