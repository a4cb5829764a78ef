import fc from 'fast-check';
import { decodeBody } from '../../../local/aws/s3-body.ts';
import { AwsError } from '../../../local/aws/service.ts';

const decode = (body: string | Buffer) =>
  decodeBody({
    method: 'PUT',
    path: '/bucket/key',
    query: '',
    rawHeaders: [],
    headers: { 'content-encoding': 'aws-chunked' },
    body: Buffer.from(body),
    sourceIp: '',
    signal: new AbortController().signal,
  });

describe('a body in chunks', () => {
  test.each([
    ['0\r\n\r\n', ''],
    [
      '3\r\nabc\r\nA;chunk-signature=0f\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:lEDoRw==\r\n\r\n',
      'abc0123456789',
    ],
  ])('given %j, then the bytes of its chunks', (body, content) => {
    expect(decode(body).toString()).toBe(content);
  });

  test.each([
    '',
    '-6\r\n',
    '-1\r\n',
    '+3\r\nabc\r\n0\r\n',
    ' 3\r\nabc\r\n',
    '3x\r\nabc\r\n0\r\n',
    '\r\n',
    '4\r\nabc',
    '3\r\nabc\r\n',
  ])('given %j, then it is refused as incomplete', (body) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ code: 'IncompleteBody' }) as Error);
  });

  test('given whatever bytes, then an answer or a refusal', () => {
    const part = fc.oneof(
      fc.constantFrom('\r\n', '-', '0', '1', 'a', ';', '5\r\nabcde\r\n', '0\r\n\r\n'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          decode(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
    );
  });
});
