interface MediaRange {
  range: string;
  quality: number;
}

const rangesOf = (accept: string): MediaRange[] =>
  accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { range, quality: quality === undefined ? 1 : Number(quality) };
  });

/** Whether the client takes the media type; the range that names it most closely decides (RFC 9110 12.5.1). */
export const accepts = (accept: string | undefined, mediaType: string): boolean => {
  if (accept === undefined || accept.trim() === '') return true;
  const ranges = rangesOf(accept);
  const closest = [mediaType, mediaType.replace(/\/.*/, '/*'), '*/*']
    .map((wanted) => ranges.find(({ range }) => range === wanted))
    .find((range) => range !== undefined);
  return closest !== undefined && closest.quality > 0;
};
