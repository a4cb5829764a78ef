import type { Fields } from './fields.ts';
import type { PathNode } from './path-node.ts';
import { walkText } from './walk-text.ts';
import { walkValue } from './walk-value.ts';

/**
 * Fills `fields` with what an event, given as a parsed value or as JSON text, has at the paths below
 * `root`; false if it is not an event.
 */
export function collect(event: unknown, root: PathNode, fields: Fields): boolean {
  fields.clear();
  return typeof event === 'string' ? walkText(event, root, fields) : walkValue(event, root, fields);
}
