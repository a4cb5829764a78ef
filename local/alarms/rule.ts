import { NotEvaluated } from '../metrics/statistics.ts';
import type { AlarmState } from './settings.ts';

export interface AlarmRule {
  /** Names or ARNs of the alarms that it asks. */
  alarms: readonly string[];
  holds(stateOf: (alarm: string) => AlarmState): boolean;
}

type Node = (stateOf: (alarm: string) => AlarmState) => boolean;

const token =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^\s"()]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y;

/** The rule of a composite alarm: `ALARM("a") OR (ALARM("b") AND NOT OK("c"))`. */
export function parseRule(text: string): AlarmRule {
  const tokens: { word: string; alarm?: string }[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const from = token.lastIndex;
    const [, state, quoted, bare, word, bracket] = token.exec(text) ?? [];
    const alarm = quoted ?? bare;
    if (state !== undefined && alarm !== undefined) tokens.push({ word: state, alarm });
    else if (word !== undefined || bracket !== undefined) tokens.push({ word: word ?? bracket ?? '' });
    else throw new NotEvaluated(`its rule cannot be read at "${text.slice(from).trim()}"`);
  }
  let place = 0;
  const takes = (word: string): boolean => {
    const found = tokens[place]?.word === word && tokens[place]?.alarm === undefined;
    if (found) place += 1;
    return found;
  };

  const primary = (): Node => {
    if (takes('(')) {
      const inner = any();
      if (!takes(')')) throw new NotEvaluated('its rule lacks a bracket');
      return inner;
    }
    if (takes('NOT')) {
      const inner = primary();
      return (stateOf) => !inner(stateOf);
    }
    if (takes('TRUE')) return () => true;
    if (takes('FALSE')) return () => false;
    const { word, alarm } = tokens[place] ?? {};
    if (alarm === undefined) throw new NotEvaluated(`its rule cannot be read at "${word ?? 'its end'}"`);
    place += 1;
    return (stateOf) => stateOf(alarm) === word;
  };
  const all = (): Node => {
    const nodes = [primary()];
    while (takes('AND')) nodes.push(primary());
    return (stateOf) => nodes.every((node) => node(stateOf));
  };
  const any = (): Node => {
    const nodes = [all()];
    while (takes('OR')) nodes.push(all());
    return (stateOf) => nodes.some((node) => node(stateOf));
  };

  const holds = any();
  if (place < tokens.length)
    throw new NotEvaluated(`its rule cannot be read at "${tokens[place]?.word ?? ''}"`);
  return { alarms: tokens.flatMap(({ alarm }) => alarm ?? []), holds };
}
