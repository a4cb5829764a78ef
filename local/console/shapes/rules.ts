export interface Verdict {
  rule: string;
  /** JSON. */
  pattern: string;
  bus: string;
  matched: boolean;
  enabled: boolean;
  reason: string | null;
  clauses: VerdictClause[];
}

export interface VerdictClause {
  branch: number;
  path: string;
  operator: string;
  /** JSON. */
  expected: string;
  actual: string[];
  verdict: 'met' | 'missed' | 'absent' | 'elsewhere';
}

export interface RuleInfo {
  name: string;
  bus: string;
  /** JSON text; null for one that fires by the clock. */
  pattern: string | null;
  schedule: string | null;
  enabled: boolean;
  /** From the template. */
  declared: boolean;
  targets: { id: string; arn: string; name: string; deadLetters: string | null }[];
  matched: number;
}

export interface RuleTrial {
  problems: { path: string; reason: string }[];
  /** What is allowed, and hardly meant. */
  hints: string[];
  /** Of the event that it was tried on. */
  verdict: Verdict | null;
  backtest: { matched: number; of: number; strip: { key: string; at: number; matched: boolean }[] } | null;
  snippet: string | null;
}
