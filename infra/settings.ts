import { type Stage, stageNamed, stageSchema } from './stages.ts';

/** The names of CDK's own context have a dash, a colon, a slash or an @ in them; ours are words. */
const isSetting = (key: string): boolean => /^[A-Za-z]\w*$/.test(key);

/** Settings come as text from the command line, and as JSON from cdk.context.json. */
const valueOf = (given: unknown, otherwise: unknown): unknown => {
  if (typeof given !== 'string') return given;
  const text = given.trim();
  if (/^[[{]/.test(text)) return JSON.parse(text) as unknown;
  if (Array.isArray(otherwise)) return text === '' ? [] : text.split(',').map((part) => part.trim());
  const isValue = (value: unknown) => typeof value === typeof otherwise && String(value) === text;
  return [Number(text), true, false].find(isValue) ?? text;
};

/**
 * The stage that the context names, with what differs from account to account: `-c stage=prod -c alarmEmails=a@b.example`.
 * Throws an error that names every setting that is unknown or wrong.
 */
export const stageFrom = (context: Record<string, unknown>): Stage => {
  const { stage: name = 'dev', ...others } = context;
  const stage = stageNamed(String(name));
  const given = Object.entries(others).filter(([key]) => isSetting(key));
  const unknown = given.filter(([key]) => !(key in stageSchema.shape) || key === 'name');
  const settings = given.map(([key, value]) => {
    try {
      return [key, valueOf(value, stage[key as keyof Stage])];
    } catch (error) {
      throw new Error(`Setting ${key} of stage ${stage.name}: ${(error as Error).message}`, { cause: error });
    }
  });
  if (unknown.length > 0) {
    const known = Object.keys(stageSchema.shape).filter((key) => key !== 'name');
    throw new Error(
      `No setting ${unknown.map(([key]) => `"${key}"`).join(', ')}: there are stage, ${known.join(', ')}`,
    );
  }
  const parsed = stageSchema.safeParse({ ...stage, ...Object.fromEntries(settings) });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`Settings of stage ${stage.name}: ${problems.join('; ')}`);
};
