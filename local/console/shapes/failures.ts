import type { Count } from './events.ts';

export interface FailurePlace {
  name: string;
  kind: 'queue' | 'dead-letter queue' | 'bucket';
  /** Whose failures come here. */
  owners: string[];
  waiting: number;
  oldest: number | null;
  causes: Count[];
}

export interface Letter {
  id: string;
  at: number;
  error: string;
  attempts: number | null;
  /** Where it would go. */
  destination: string;
  /** Why it cannot be sent again from here. */
  obstacle: string | null;
  eventId: string | null;
  body: string;
  /** Of a change record: until its stream forgets it. */
  expiresAt: number | null;
}

export interface LetterPage {
  letters: Letter[];
  total: number;
}

/** What a redrive would do. */
export interface RedrivePlan {
  total: number;
  destinations: Count[];
  obstacles: Count[];
}

export interface Redrive {
  id: string;
  place: string;
  state: 'running' | 'done';
  total: number;
  redelivered: number;
  failed: number;
  results: { id: string; outcome: 'redelivered' | 'failed'; destination: string; error: string | null }[];
}
