import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, InvalidPatternError, RuleSet } from '../src/index.ts';

/** One judged case; the texts are what is judged, since parsing loses numbers and repeated keys. */
interface Vector {
  readonly id: string;
  readonly group: string;
  readonly patternText: string;
  readonly eventText: string;
  readonly expect: 'match' | 'nomatch' | 'invalid';
}

function vectorsOf(file: string): Vector[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Vector);
}

function judge({ patternText, eventText }: Vector): {
  matcher: string;
  ruleSet: string;
  explanation: string;
} {
  const word = (matched: boolean) => (matched ? 'match' : 'nomatch');
  try {
    const matcher = compile(patternText);
    const rules = new RuleSet();
    rules.add('rule', patternText);
    return {
      matcher: word(matcher.matches(eventText)),
      ruleSet: word(rules.match(eventText).length === 1),
      explanation: word(matcher.explain(eventText).matched),
    };
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    return { matcher: 'invalid', ruleSet: 'invalid', explanation: 'invalid' };
  }
}

function expectAgreement(vectors: readonly Vector[]): void {
  const judged = vectors.map((vector) => ({ id: vector.id, ...judge(vector) }));
  const expected = vectors.map(({ id, expect: word }) => ({
    id,
    matcher: word,
    ruleSet: word,
    explanation: word,
  }));
  expect(judged).toEqual(expected);
}

describe.each([
  ['of this package', 'vectors.jsonl'],
  ['that aws/event-ruler 2.0.1 has judged', 'judged.jsonl'],
])('the cases %s', (_, file) => {
  const vectors = vectorsOf(join(__dirname, file));
  const groups = [...new Set(vectors.map(({ group }) => group))];
  it.each(groups)('agree on %s', (group) =>
    expectAgreement(vectors.filter((vector) => vector.group === group)),
  );
});

const { EVENT_PATTERN_VECTORS: others } = process.env;

(others === undefined ? describe.skip : describe)('the cases that EVENT_PATTERN_VECTORS names', () => {
  it('agree', () => expectAgreement(vectorsOf(others ?? '')));
});
