import { md5OfAttributes, parseHandle, receiptHandle } from '../../../local/queues/message.ts';

// The digests that moto's tests expect of SQS for the same attributes.
test.each([
  [{ timestamp: { DataType: 'Number', StringValue: '1493147359900' } }, '235c5c510d26fb653d073faed50ae77c'],
  [
    {
      ccc: { DataType: 'String', StringValue: 'testjunk' },
      aaa: { DataType: 'Binary', BinaryValue: 'AgME' },
      zzz: { DataType: 'Number', StringValue: '0230.01' },
      öther_encodings: { DataType: 'String', StringValue: 'Tüst' },
    },
    '8ae21a7957029ef04146b42aeaa18a22',
  ],
  [{}, undefined],
])('the digest of attributes is SQS’s', (attributes, digest) => {
  expect(md5OfAttributes(attributes)).toBe(digest);
});

test('a receipt handle says which receive of which message it is of', () => {
  const message = { id: 'm', body: '', attributes: {}, sentAt: 0, visibleAt: 0, receiveCount: 3 };
  expect(parseHandle(receiptHandle(message))).toEqual({ id: 'm', receiveCount: 3 });
  expect(parseHandle('nonsense')).toBeUndefined();
});
