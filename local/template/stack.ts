import type { Resource, Stack } from '../parts.ts';
import { Unready } from '../unready.ts';
import type { Assembly, TemplateParameter, TemplateResource } from './assembly.ts';
import { check, type Note } from './check.ts';
import { identify } from './names.ts';
import { createResolver, UnknownIntrinsic, type Identity, type Scope } from './resolve.ts';

export interface ReadStack {
  stack: Stack;
  notes: readonly Note[];
  /** The folder of a function's code. */
  codeOf: (function_: Resource) => string;
}

export interface StackOptions {
  region?: string;
  accountId?: string;
  parameters?: Readonly<Record<string, string>>;
}

/** Resolves the template's intrinsics; Unready for what the local runtime cannot run. */
export function readStack(assembly: Assembly, options: StackOptions = {}): ReadStack {
  try {
    return read(assembly, options);
  } catch (error) {
    if (error instanceof UnknownIntrinsic) throw new Unready(`The template cannot be run: ${error.message}.`);
    throw error;
  }
}

function read({ stackName, template, assets }: Assembly, options: StackOptions): ReadStack {
  const { region = 'eu-west-1', accountId = '000000000000', parameters = {} } = options;
  const identities = new Map<string, Identity | 'under way'>();

  const identityOf = (logicalId: string): Identity => {
    const known = identities.get(logicalId);
    if (known === 'under way') throw new UnknownIntrinsic(`${logicalId}: its name refers to itself`);
    if (known) return known;
    identities.set(logicalId, 'under way');
    const { Type, Properties = {} } = template.Resources[logicalId] as TemplateResource;
    const property = (name: string) => {
      const value = Properties[name];
      return value === undefined ? undefined : resolve(value, `${logicalId}.${name}`);
    };
    const identity = identify(Type, { stackName, region, accountId, logicalId, property });
    identities.set(logicalId, identity);
    return identity;
  };

  const scope: Scope = {
    template,
    stackName,
    region,
    accountId,
    parameters: parameterValues(template.Parameters ?? {}, parameters),
    identityOf,
  };
  const { resolve, holds } = createResolver(scope);
  const exists = ({ Condition }: { Condition?: string }, path: string) =>
    Condition === undefined || holds(Condition, path);

  const resources: Resource[] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (!exists(resource, logicalId)) continue;
    const { ref, attributes } = identityOf(logicalId);
    resources.push({
      logicalId,
      type: resource.Type,
      properties: resolve(resource.Properties ?? {}, logicalId) as Record<string, unknown>,
      ref,
      arn: typeof attributes['Arn'] === 'string' ? attributes['Arn'] : '',
    });
  }
  const outputs: Record<string, unknown> = {};
  for (const [name, output] of Object.entries(template.Outputs ?? {})) {
    if (exists(output, name)) outputs[name] = resolve(output.Value, `Outputs.${name}`);
  }
  const byArn = new Map(
    resources.filter(({ arn }) => arn !== '').map((resource) => [resource.arn, resource]),
  );
  const stack: Stack = {
    name: stackName,
    region,
    accountId,
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byArn: (arn) => byArn.get(arn),
    outputs,
  };
  return { stack, notes: check(resources), codeOf: (function_) => codeOf(function_, assets) };
}

function parameterValues(
  declared: Record<string, TemplateParameter>,
  supplied: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, { Default, Type }] of Object.entries(declared)) {
    const value = supplied[name] ?? Default;
    if (value === undefined) throw new UnknownIntrinsic(`Parameters.${name}: it has no value and no default`);
    values[name] = Type.endsWith('List') || Type.startsWith('List<') ? String(value).split(',') : value;
  }
  return values;
}

function codeOf({ logicalId, properties }: Resource, assets: ReadonlyMap<string, string>): string {
  const { S3Key } = properties['Code'] as { S3Key?: string };
  const folder = assets.get(S3Key ?? '');
  if (folder === undefined)
    throw new Unready(`The code of ${logicalId} is not among the synthesized assets.`);
  return folder;
}
