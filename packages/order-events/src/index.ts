export { compile, explain, type Explanation, InvalidPatternError, matches, validate } from 'event-pattern';
export { misnamed } from './known-fields.ts';
export * from './names.ts';
export type {
  AmendmentFilter,
  CancellationFilter,
  OneOrMore,
  OrderFilter,
  StatusFilter,
} from './patterns/filters.ts';
export type { OrderEventPattern } from './patterns/pattern.ts';
export { patterns } from './patterns/patterns.ts';
export type * from './types.ts';
