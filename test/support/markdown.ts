export interface Block {
  kind: string;
  content: string;
  /** Where the text calls it so: a line "`rule.json`:" right before. */
  file: string | undefined;
}

const FENCE = /(?:^`([\w./-]+)`:\n\n)?^```(\w*)\n([^]*?)^```$/gm;

/** The blocks of code of a page, in their order. */
export const blocksOf = (page: string): Block[] =>
  [...page.matchAll(FENCE)].map(([, file, kind = '', content = '']) => ({ kind, content, file }));

/** The page without them. */
export const proseOf = (page: string): string => page.replaceAll(FENCE, '');
