import { refuse } from '../invalid-pattern-error.ts';
import { MAX_DEPTH, MAX_NAME_LENGTH, MAX_NUMBER_LENGTH, type JsonTree } from './tree.ts';

/**
 * Reads one JSON value and looks at nothing behind it, as the engine does, whose reader stops at the
 * closing brace of the pattern.
 */
export function readJson(text: string): JsonTree {
  return new JsonReader(text).value(0);
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids bare control characters in strings
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORD = /[\w.+-]+/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS = new Map<string, true | false | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonReader {
  private offset = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonTree {
    this.take(SPACE);
    switch (this.text[this.offset]) {
      case '{':
        return { kind: 'object', entries: this.members('}', depth, () => this.entry(depth + 1)) };
      case '[':
        return { kind: 'array', items: this.members(']', depth, () => this.value(depth + 1)) };
      case '"':
        return { kind: 'string', text: this.string() };
      default:
        return this.scalar();
    }
  }

  private members<Member>(close: string, depth: number, member: () => Member): Member[] {
    if (depth === MAX_DEPTH) this.fail(`nested more than ${MAX_DEPTH} levels deep`);
    const members: Member[] = [];
    this.offset++;
    if (this.skipTo(close)) return members;
    do members.push(member());
    while (this.skipTo(','));
    if (!this.skipTo(close)) this.fail(`expected , or ${close}`);
    return members;
  }

  private entry(depth: number): [string, JsonTree] {
    this.take(SPACE);
    const name = this.string();
    if (name.length > MAX_NAME_LENGTH) this.fail(`a name is longer than ${MAX_NAME_LENGTH} characters`);
    if (!this.skipTo(':')) this.fail('expected :');
    return [name, this.value(depth)];
  }

  private string(): string {
    const literal = this.take(STRING);
    if (literal === undefined) this.fail('expected a string');
    return JSON.parse(literal) as string;
  }

  private scalar(): JsonTree {
    const start = this.offset;
    const word = this.take(WORD) ?? '';
    const literal = LITERALS.get(word);
    if (literal !== undefined) return { kind: 'literal', value: literal };
    this.offset = start;
    if (this.take(NUMBER) !== word) this.fail('expected a value');
    if (word.replace(/\D/g, '').length > MAX_NUMBER_LENGTH) this.fail('a number is too long');
    return { kind: 'number', text: word };
  }

  private skipTo(token: string): boolean {
    this.take(SPACE);
    if (this.text[this.offset] !== token) return false;
    this.offset++;
    return true;
  }

  private take(shape: RegExp): string | undefined {
    shape.lastIndex = this.offset;
    const found = shape.exec(this.text)?.[0];
    this.offset += found?.length ?? 0;
    return found;
  }

  private fail(reason: string): never {
    refuse([], `not JSON: ${reason} at offset ${this.offset}`);
  }
}
