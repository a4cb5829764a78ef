import {
  readTraceparent,
  traceIdOf,
  traceparentOfXray,
  xrayHeaderOf,
} from '../../src/adapters/trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`;

describe('a traceparent', () => {
  test.each([
    ['as the W3C has it', TRACEPARENT, TRACEPARENT],
    ['of a later version', `01-${TRACE}-${SPAN}-00`, `01-${TRACE}-${SPAN}-00`],
    ['of the version that there never is', `ff-${TRACE}-${SPAN}-01`, undefined],
    ['without a trace', `00-${'0'.repeat(32)}-${SPAN}-01`, undefined],
    ['without a span', `00-${TRACE}-${'0'.repeat(16)}-01`, undefined],
    ['in capitals', TRACEPARENT.toUpperCase(), undefined],
    ['with more behind it', `${TRACEPARENT}-more`, undefined],
    ['that is no text', 1, undefined],
  ])('given one %s, then it is taken or left', (_, given, taken) => {
    expect(readTraceparent(given)).toBe(taken);
  });

  test('given one, then its trace is named in logs; given none, then nothing is', () => {
    expect(traceIdOf(TRACEPARENT)).toBe(TRACE);
    expect(traceIdOf(undefined)).toBeUndefined();
  });

  test('given one, then X-Ray is told the same trace, span and decision', () => {
    const root = 'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736';
    expect(xrayHeaderOf(TRACEPARENT)).toBe(`${root};Parent=${SPAN};Sampled=1`);
    expect(xrayHeaderOf(`00-${TRACE}-${SPAN}-02`)).toBe(`${root};Parent=${SPAN};Sampled=0`);
    expect(xrayHeaderOf('00-1-2-01')).toBeUndefined();
  });

  test("given the trace of Lambda's, then it is that one if X-Ray keeps it", () => {
    const header = xrayHeaderOf(TRACEPARENT) ?? '';
    expect(traceparentOfXray(header)).toBe(TRACEPARENT);
    expect(traceparentOfXray(`${header};Lineage=1:a87bd80c:0`)).toBe(TRACEPARENT);
    expect(traceparentOfXray(header.replace('Sampled=1', 'Sampled=0'))).toBeUndefined();
    expect(traceparentOfXray(undefined)).toBeUndefined();
  });
});
