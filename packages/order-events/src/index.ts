export type * from './types.ts';
export { matches, explain } from 'event-pattern';
