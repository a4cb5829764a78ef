import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import type { AsyncApi } from './evidence.ts';
import { jsonOf } from './evidence.ts';

const FAULTS: number[] = [DiagnosticSeverity.Error, DiagnosticSeverity.Warning];

/** Errors and warnings; what else it finds is advice, such as that there is a later version of AsyncAPI. */
const complaints = async (document: object): Promise<string[]> => {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics
    .filter(({ severity }) => FAULTS.includes(severity))
    .map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('asyncapi.json', () => {
  const document = jsonOf('asyncapi.json') as AsyncApi;

  it('given the document, then the parser of AsyncAPI has no complaint', async () => {
    expect(await complaints(document)).toEqual([]);
  });

  it.each<[string, (broken: AsyncApi) => void, RegExp]>([
    [
      'a reference to nothing',
      ({ channels }) =>
        (channels.orders.messages['OrderCreated'] = { $ref: '#/components/messages/Nothing' }),
      /Nothing/,
    ],
    [
      'a schema that is none',
      ({ components }) => (components.schemas['OrderItem'] = { type: 'money' }),
      /type/,
    ],
  ])('given %s, then it has', async (_, breaking, complaint) => {
    const broken = structuredClone(document);
    breaking(broken);
    expect((await complaints(broken)).join('\n')).toMatch(complaint);
  });
});
