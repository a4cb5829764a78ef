import type { FunctionMeter } from '../metrics/functions.ts';
import type { MappingMeter } from '../metrics/mappings.ts';
import type { Engine, Stack, StreamMappings } from '../parts.ts';
import { startMapping, type Mapping, type MappingParts } from './mapping.ts';
import { mappingOf } from './settings.ts';
import type { StreamSource } from './source.ts';

/** The template's event source mappings; to be started when the journal is loaded. */
export function createMappings(options: {
  stack: Stack;
  engine: Pick<Engine, 'onWrite'>;
  /** Both are the function's own: what it may read, and where it may keep what it fails. */
  sourceOf: (streamArn: string, functionName: string) => StreamSource;
  destinationsOf: (functionName: string) => Pick<MappingParts, 'queues' | 'objects'>;
  moved: (table: string, sequence: string) => void;
  parts: Omit<MappingParts, 'functionArn' | 'moved' | 'meters' | 'queues' | 'objects'>;
  meters?: { functions: FunctionMeter; mapping: (id: string) => MappingMeter };
}): StreamMappings & { start(): void } {
  const { stack, engine, sourceOf, destinationsOf, parts } = options;
  const all = stack.ofType('AWS::Lambda::EventSourceMapping').map(mappingOf);
  const settings = all.filter((each) => each !== undefined);
  const running: Mapping[] = [];

  return {
    start: () => {
      const positions = new Map<string, string>();
      for (const each of settings) {
        const table = /:table\/([^/]+)\//.exec(each.streamArn)?.[1] ?? '';
        const readers = settings.filter(({ streamArn }) => streamArn === each.streamArn);
        const moved = (sequence: string) => {
          positions.set(each.id, sequence);
          const known = readers
            .map(({ id }) => positions.get(id))
            .filter((position) => position !== undefined);
          const lowest = known.map(BigInt).reduce((least, position) => (position < least ? position : least));
          if (known.length === readers.length) options.moved(table, String(lowest));
        };
        const function_ = stack
          .ofType('AWS::Lambda::Function')
          .find(({ ref, arn }) => ref === each.function || arn === each.function);
        const { ref: name = each.function, arn: functionArn = each.function } = function_ ?? {};
        const { meters } = options;
        const mapping = startMapping(each, sourceOf(each.streamArn, name), {
          ...parts,
          ...destinationsOf(name),
          functionArn,
          moved,
          ...(meters && {
            meters: { ...meters, mapping: each.countsEvents ? meters.mapping(each.id) : undefined },
          }),
        });
        running.push(mapping);
        engine.onWrite((written) => {
          if (written === table) mapping.wake();
        });
      }
    },
    idle: async () => {
      await Promise.all(running.map((mapping) => mapping.idle()));
    },
    close: async () => {
      await Promise.all(running.map((mapping) => mapping.close()));
    },
  };
}
