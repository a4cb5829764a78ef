import { ORDER_EVENT_TYPES } from '../packages/order-events/src/names.ts';
import { json } from './json.ts';
import type { Sample } from './samples.ts';

const keyed = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);

const entry = ({ name, shows, event }: Sample): string =>
  `    /** ${shows[0]?.toUpperCase()}${shows.slice(1)}. */\n    ${keyed(name)}: ${json(event, '    ')},\n`;

/** The source of testing/samples.ts: the samples as values, the same for each way of loading modules. */
export const samplesFile = (
  samples: readonly Sample[],
): string => `// Written by \`npm run events\`, as samples/ is.

import type { OrderEventEnvelopeOf, OrderEventType } from '../types.ts';

/** Each event as it is published: the plain case, and its edges. */
export const samples = {
${ORDER_EVENT_TYPES.map(
  (type) =>
    `  ${type}: {\n${samples
      .filter((sample) => sample.type === type)
      .map(entry)
      .join('')}  },\n`,
).join('')}} satisfies { [Type in OrderEventType]: Record<string, OrderEventEnvelopeOf<Type>> };
`;
