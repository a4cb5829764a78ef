const maxDepth = 1_000;
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/**
 * The JSON object without the white space between its tokens, digits and order as they came: what targets get is the
 * publisher's text, not what a parser makes of it. Undefined where it is no object or beyond the bus's limits.
 */
export function compactDetail(detail: string): string | undefined {
  try {
    const value: unknown = JSON.parse(detail);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  } catch {
    return undefined;
  }
  let depth = 0;
  let compact = '';
  for (const [token] of detail.matchAll(tokens)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > maxDepth || isTooLarge(token)) return undefined;
    compact += token;
  }
  return compact;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function isTooLarge(token: string): boolean {
  if (!/^-?\d{19,}$/.test(token)) return false;
  const integer = BigInt(token);
  return integer < smallest || integer > largest;
}
