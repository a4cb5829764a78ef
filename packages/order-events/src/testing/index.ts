export { InvalidOrderEventError } from '../contract/invalid-order-event-error.ts';
export * from './builders.ts';
export { makeOrderLife } from './life.ts';
export { samples } from './samples.ts';
export { duplicated, late, reordered, replayed, type Seeded } from './scenarios.ts';
