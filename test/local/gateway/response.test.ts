import { inferResponse } from '../../../local/gateway/response.ts';

const malformed = { status: 500, body: '{"message":"Internal Server Error"}' };

describe('what a function answers is taken as', () => {
  test.each([
    [
      { statusCode: 201, headers: { Location: '/x', 'X-N': 1 }, body: '{}' },
      {
        status: 201,
        headers: { location: '/x', 'x-n': '1', 'content-type': 'text/plain;charset=UTF-8' },
        body: '{}',
      },
    ],
    [{ statusCode: 204 }, { status: 204, headers: {}, body: '' }],
    [
      { statusCode: '200', body: 'x', headers: { 'Content-Type': 'a/b', 'Content-Length': '99' } },
      { status: 200, headers: { 'content-type': 'a/b' }, body: 'x' },
    ],
    [
      { statusCode: 200, cookies: ['a=1', 'b=2'] },
      { status: 200, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: '' },
    ],
    [
      { statusCode: 200, body: 'aGk=', isBase64Encoded: true },
      { status: 200, body: Buffer.from('hi') },
    ],
    [
      { message: 'Order created' },
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"message":"Order created"}' },
    ],
    ['Hello', { status: 200, body: 'Hello' }],
    [undefined, { status: 200, body: 'null' }],
    [[1], { status: 200, body: '[1]' }],
    [{ statusCode: 'ok' }, malformed],
    [{ statusCode: 200.5 }, malformed],
    [{ statusCode: 99 }, malformed],
    [{ statusCode: 200, body: { a: 1 } }, malformed],
    [{ statusCode: 200, headers: 'x' }, malformed],
    [{ statusCode: 200, headers: { 'a b': 'x' } }, malformed],
    [{ statusCode: 200, headers: { a: 'x\r\nset-cookie: y' } }, malformed],
    [{ statusCode: 200, cookies: 'x' }, malformed],
  ])('%j', (payload, response) => {
    expect(inferResponse(payload)).toMatchObject(response);
  });
});
