import { docsHandler } from '../api-gateway/docs-handler.ts';

export const handler = docsHandler(`${__dirname}/files`);
