import type { Operation } from '../operation.ts';
import { changing } from './changing.ts';
import { creating } from './creating.ts';
import { documentation } from './documentation.ts';
import { listing } from './listing.ts';
import { service } from './service.ts';
import { transitions } from './transitions.ts';
import { users } from './users.ts';

export const OPERATIONS: readonly Operation[] = [
  ...creating,
  ...changing,
  ...transitions,
  ...listing,
  ...users,
  ...service,
  ...documentation,
];
