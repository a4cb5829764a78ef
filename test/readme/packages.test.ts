import { transformSync } from 'esbuild';
import * as eventPattern from 'event-pattern';
import { runInNewContext } from 'node:vm';
import { examplesOf } from './examples.ts';

test('given the program of event-pattern, then each of its lines gives what stands behind it', () => {
  const { programs } = examplesOf('packages/event-pattern/README.md');
  expect(programs).toHaveLength(1);
  const told: [string, unknown, unknown][] = [];
  const program = programs
    .join()
    .replaceAll(/^(?!const )(.+);\s+\/\/ (.+)$/gm, (_, call: string, value: string) => {
      return `told.push([${JSON.stringify(call)}, ${call}, ${value}]);`;
    });
  const { code } = transformSync(program, { loader: 'ts', format: 'cjs' });
  runInNewContext(code, { require: () => eventPattern, told });
  expect(told).toHaveLength(5);
  for (const [call, given, promised] of told) expect([call, given]).toEqual([call, promised]);
});
