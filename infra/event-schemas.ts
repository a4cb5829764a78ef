import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import { ORDER_EVENT_TYPES, type OrderEventType } from 'order-events';
import type { Stage } from './stages.ts';

interface EventSchema {
  description: string;
  [keyword: string]: unknown;
}

const schemaOf = (type: OrderEventType): EventSchema => {
  const file = new URL(`../packages/order-events/schemas/draft-04/${type}.json`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as EventSchema;
};

/** What the events look like, for whoever generates code from EventBridge's schema registry. */
export class EventSchemas extends Construct {
  constructor(scope: Construct, id: string, { eventSource }: Stage) {
    super(scope, id);
    const registry = new CfnRegistry(this, 'Registry', {
      registryName: 'orders',
      description: 'The events of orders',
    });
    for (const type of ORDER_EVENT_TYPES) {
      const schema = schemaOf(type);
      const published = new CfnSchema(this, type, {
        registryName: 'orders',
        // As EventBridge names the schemas of AWS's own events.
        schemaName: `${eventSource}@${type}`,
        description: schema.description,
        type: 'JSONSchemaDraft4',
        content: JSON.stringify({ ...schema, 'x-amazon-events-source': eventSource }),
      });
      published.addResourceDependency(registry);
    }
  }
}
