import { readApiConfig } from '../config.ts';
import { API, apiContainer } from '../container.ts';

export const handler = apiContainer(readApiConfig(process.env)).get(API);
