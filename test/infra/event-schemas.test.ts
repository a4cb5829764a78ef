import type { JsonSchema } from '../../events/json-schema.ts';
import { ORDER_EVENT_TYPES } from '../../packages/order-events/src/names.ts';
import { samples } from '../../packages/order-events/src/testing/index.ts';
import { stageNamed } from '../../infra/stages.ts';
import { complaintsOf } from '../events/evidence.ts';
import { synthesized } from './synthesized.ts';

const template = synthesized({ ...stageNamed('dev'), eventSource: 'orders.elsewhere' });
const registered = template.ofType('AWS::EventSchemas::Schema').map(({ properties }) => properties);

/** What CreateSchema takes at most. */
const MOST_CHARACTERS = 100_000;

describe('given the registry of schemas', () => {
  test('then it is the only one, and each of its schemas waits for it', () => {
    const [registry, ...others] = template.ofType('AWS::EventSchemas::Registry');
    expect(registry?.properties['RegistryName']).toBe('orders');
    expect(others).toEqual([]);
    for (const resource of Object.values(template.json.Resources)) {
      if (resource.Type === 'AWS::EventSchemas::Schema') {
        expect(resource).toMatchObject({ DependsOn: [registry?.id], Properties: { RegistryName: 'orders' } });
      }
    }
  });

  test('then it has each event under the name that the console looks for, by the source of the stage', () => {
    expect(registered.map(({ SchemaName }) => SchemaName)).toEqual(
      ORDER_EVENT_TYPES.map((type) => `orders.elsewhere@${type}`),
    );
    expect(new Set(registered.map(({ Type }) => Type))).toEqual(new Set(['JSONSchemaDraft4']));
  });

  test.each(ORDER_EVENT_TYPES)(
    'then the schema of %s is of draft 4, says whose it is, and fits its samples',
    (type) => {
      const { Content } =
        registered.find(({ SchemaName }) => SchemaName === `orders.elsewhere@${type}`) ?? {};
      expect(String(Content).length).toBeLessThan(MOST_CHARACTERS);
      const schema = JSON.parse(String(Content)) as JsonSchema;
      expect(schema).toMatchObject({
        $schema: 'http://json-schema.org/draft-04/schema#',
        'x-amazon-events-source': 'orders.elsewhere',
        'x-amazon-events-detail-type': type,
      });
      // Words of later drafts, which the registry does not know.
      expect(Content).not.toMatch(/"(\$defs|const|examples|if|contains|propertyNames|\$id)":/);
      for (const event of Object.values(samples[type])) expect(complaintsOf(schema, event)).toEqual([]);
    },
  );
});
