import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Unready } from '../unready.ts';

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}

export interface TemplateParameter {
  Type: string;
  Default?: string | number;
}

export interface Template {
  Parameters?: Record<string, TemplateParameter>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

export interface Assembly {
  stackName: string;
  template: Template;
  /** Folders (or files) of the assets, by the object key under which the template names them. */
  assets: ReadonlyMap<string, string>;
  /** When it was synthesized, in milliseconds. */
  madeAt?: number;
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

interface Manifest {
  artifacts?: Record<string, { type: string; properties?: { templateFile?: string; file?: string } }>;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Reads what `cdk synth` left in the folder; the app must have one stack. */
export function readAssembly(directory: string): Assembly {
  const { artifacts = {} } = readJson(join(directory, 'manifest.json')) as Manifest;
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (!stack || stacks.length > 1) {
    const names = stacks.map(([name]) => name).join(', ') || 'none';
    throw new Unready(
      `The local runtime runs an app of one stack; this one has ${stacks.length} (${names}).`,
    );
  }
  const [stackName, { properties }] = stack;
  const template = readJson(
    join(directory, properties?.templateFile ?? `${stackName}.template.json`),
  ) as Template;
  const assets = new Map<string, string>();
  for (const { type, properties: manifest } of Object.values(artifacts)) {
    if (type !== 'cdk:asset-manifest' || !manifest?.file) continue;
    const { files = {} } = readJson(join(directory, manifest.file)) as AssetManifest;
    for (const { source, destinations } of Object.values(files)) {
      if (!source.path) continue;
      for (const { objectKey } of Object.values(destinations)) {
        assets.set(objectKey, resolve(directory, source.path));
      }
    }
  }
  return { stackName, template, assets, madeAt: statSync(join(directory, 'manifest.json')).mtimeMs };
}
