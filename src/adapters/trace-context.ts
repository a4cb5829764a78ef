const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const XRAY_HEADER = /Root=1-([0-9a-f]{8})-([0-9a-f]{24});.*Parent=([0-9a-f]{16});.*Sampled=1/;

const partsOf = (traceparent = ''): string[] | undefined => TRACEPARENT.exec(traceparent)?.slice(1);

/** Of the W3C's Trace Context: the header as it came, where it is well-formed. */
export const readTraceparent = (header: unknown): string | undefined =>
  typeof header === 'string' && partsOf(header) ? header : undefined;

export const traceIdOf = (traceparent: string | undefined): string | undefined => partsOf(traceparent)?.[0];

/** The same context as X-Ray writes it: services of AWS hand it on in this form. */
export const xrayHeaderOf = (traceparent: string | undefined): string | undefined => {
  const [trace, span, flags] = partsOf(traceparent) ?? [];
  if (trace === undefined || span === undefined || flags === undefined) return undefined;
  return `Root=1-${trace.slice(0, 8)}-${trace.slice(8)};Parent=${span};Sampled=${parseInt(flags, 16) & 1}`;
};

/** The trace that Lambda says the function is in, where it is one that X-Ray keeps. */
export const traceparentOfXray = (header: string | undefined): string | undefined => {
  const [, time, random, span] = XRAY_HEADER.exec(header ?? '') ?? [];
  return time === undefined || random === undefined ? undefined : `00-${time}${random}-${span ?? ''}-01`;
};
