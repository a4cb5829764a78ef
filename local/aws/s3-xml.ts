import type { HttpResponse } from '../http.ts';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** An element with text. */
export const element = (name: string, value: string | number | boolean): string =>
  `<${name}>${String(value).replace(/[&<>"\r]/g, (char) => escapes[char] ?? char)}</${name}>`;

/** An answer whose root element holds this markup. */
export const xml = (root: string, inner: string): HttpResponse => {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${inner}</${root}>`,
  };
};
