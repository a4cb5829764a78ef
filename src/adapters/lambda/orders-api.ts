import { readApiConfig } from '../config.ts';
import { API, apiContainer } from '../container/api.ts';

export const handler = apiContainer(readApiConfig(process.env)).get(API);
