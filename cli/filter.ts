import { UsageError } from './command.ts';

export type Filter = (subjects: readonly unknown[]) => boolean;

/** `detail.data.order.orderId=O1`: any of the subjects has this there; all expressions must hold. */
export function filterOf(expressions: readonly string[]): Filter {
  const tests = expressions.map((expression) => {
    const at = expression.indexOf('=');
    if (at < 1) throw new UsageError(`--filter takes path.to.field=value, not "${expression}".`);
    const path = expression.slice(0, at).split('.');
    const wanted = expression.slice(at + 1);
    return (subject: unknown) => valuesAt(subject, path).some((value) => value === wanted);
  });
  return (subjects) =>
    tests.length === 0 || subjects.some((subject) => tests.every((holds) => holds(subject)));
}

function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => valuesAt(member, path));
  const [step, ...rest] = path;
  if (step === undefined) return [typeof value === 'string' ? value : JSON.stringify(value)];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
  return valuesAt((value as Record<string, unknown>)[step], rest);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
