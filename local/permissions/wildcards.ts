/** Whether a text fits a pattern. */
export type Fits = (text: string) => boolean;

/** `*` stands for any characters, none included, `?` for one. */
export function wildcard(pattern: string): Fits {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

/** Part by part, so that a wildcard reaches over no colon but in the last part; undefined for what is no ARN. */
export function arnPattern(pattern: string): Fits | undefined {
  const fits = partsOf(pattern)?.map(wildcard);
  if (!fits) return undefined;
  return (text) => {
    const parts = partsOf(text);
    return parts !== undefined && fits.every((each, place) => each(parts[place] ?? ''));
  };
}

/** Partition, service, region, account and resource. */
const partsOf = (arn: string): string[] | undefined =>
  /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1);
