import type * as z from 'zod/mini';

const MOST = 60;

export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).join(', ')}`;
  const text = JSON.stringify(value);
  return text.length > MOST ? `${text.slice(0, MOST)}...` : text;
};

const wanted = (issue: z.core.$ZodRawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int'
        ? 'a whole number'
        : `${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_format':
      return issue.format === 'regex' ? `text that matches ${issue.pattern}` : `a ${issue.format}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return 'something else';
  }
};

/** zod/mini has no words of its own, and those that `z.config` sets are of the whole process. */
export const message = (issue: z.core.$ZodRawIssue): string =>
  `wanted ${wanted(issue)}, got ${shown(issue.input)}`;
