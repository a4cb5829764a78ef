import type { Answer } from './client.ts';

/** Undefined where the text is no JSON, or no object. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A refusal stays as it is. */
export function changed(
  answer: Answer,
  change: (body: Record<string, unknown>) => Record<string, unknown>,
): Answer {
  if (answer.status !== 200) return answer;
  return { status: 200, body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, unknown>)) };
}

export const refused = (type: string, message: string): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
});
