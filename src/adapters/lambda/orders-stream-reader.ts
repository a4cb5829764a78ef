import { readStreamConfig } from '../config.ts';
import { STREAM, streamContainer } from '../container/stream.ts';

export const handler = streamContainer(readStreamConfig(process.env)).get(STREAM);
