import { ORDER_EVENT_TYPES } from '../packages/order-events/src/names.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { documentedPatterns } from './documented-patterns.ts';
import { fieldPathsFile } from './field-paths.ts';
import { json } from './json.ts';
import { jsonSchemaOf, registrySchemaOf } from './json-schema.ts';
import { reference } from './reference.ts';
import { samplesFile } from './samples-file.ts';
import { samples as made } from './samples.ts';
import { typesFile } from './types-file.ts';

const PACKAGE = 'packages/order-events';

const text = (value: unknown): string => `${json(value)}\n`;

/** Folders that hold nothing else than what is generated. */
export const GENERATED_FOLDERS = [`${PACKAGE}/schemas`, `${PACKAGE}/samples`];

/** Every generated file, by its path from the root of the repository. */
export const generatedFiles = async (): Promise<Map<string, string>> => {
  const samples = await made();
  return new Map([
    [`${PACKAGE}/src/types.ts`, typesFile()],
    [`${PACKAGE}/src/field-paths.ts`, fieldPathsFile()],
    [`${PACKAGE}/src/testing/samples.ts`, samplesFile(samples)],
    [`${PACKAGE}/asyncapi.json`, text(asyncApiDocument(samples))],
    ['docs/events.md', reference(samples, documentedPatterns(samples))],
    ...ORDER_EVENT_TYPES.flatMap((type): [string, string][] => [
      [`${PACKAGE}/schemas/${type}.json`, text(jsonSchemaOf(type, 'draft-2020-12'))],
      [`${PACKAGE}/schemas/draft-04/${type}.json`, text(registrySchemaOf(type))],
    ]),
    ...samples.map(({ type, name, event }): [string, string] => [
      `${PACKAGE}/samples/${type}/${name}.json`,
      text(event),
    ]),
  ]);
};
