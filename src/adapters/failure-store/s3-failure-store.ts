import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { FailureStore } from '../../application/ports.ts';
import { PARKED_PREFIX } from '../names.ts';

/** One JSON object a record, named by its id: a record delivered again overwrites itself. */
export const s3FailureStore = (client: S3Client, bucket: string): FailureStore => ({
  park: async (record) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `${PARKED_PREFIX}${encodeURIComponent(record.id)}.json`,
        Body: JSON.stringify(record),
        ContentType: 'application/json',
      }),
    );
  },
});
