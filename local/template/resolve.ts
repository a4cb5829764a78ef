import type { Template } from './assembly.ts';

export interface Identity {
  ref: string;
  attributes: Record<string, unknown>;
}

export interface Scope {
  template: Template;
  stackName: string;
  region: string;
  accountId: string;
  parameters: Readonly<Record<string, unknown>>;
  /** Of a resource of the template. */
  identityOf(logicalId: string): Identity;
}

/** Resolves the intrinsics in a value; `path` says in errors where the value stands. */
export type Resolve = (value: unknown, path: string) => unknown;

const absent = Symbol('AWS::NoValue');

export class UnknownIntrinsic extends Error {
  override readonly name = 'UnknownIntrinsic';
}

export function createResolver(scope: Scope): {
  resolve: Resolve;
  holds: (condition: string, path: string) => boolean;
} {
  const conditions = new Map<string, boolean>();
  const { stackName, region, accountId } = scope;
  const pseudo: Record<string, unknown> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': absent,
  };

  const fail = (path: string, what: string): never => {
    throw new UnknownIntrinsic(`${path}: ${what}`);
  };

  const ref = (name: string, path: string): unknown => {
    if (name in pseudo) return pseudo[name];
    if (name in scope.parameters) return scope.parameters[name];
    if (name in scope.template.Resources) return scope.identityOf(name).ref;
    return fail(path, `Ref names "${name}", which the template does not have`);
  };

  const attribute = (logicalId: string, name: string, path: string): unknown => {
    if (!(logicalId in scope.template.Resources)) {
      return fail(path, `Fn::GetAtt names "${logicalId}", which the template does not have`);
    }
    const value = scope.identityOf(logicalId).attributes[name];
    const type = scope.template.Resources[logicalId]?.Type ?? '';
    return (
      value ?? fail(path, `the local runtime does not know the attribute ${name} of ${type} (${logicalId})`)
    );
  };

  const holds = (name: string, path: string): boolean => {
    const known = conditions.get(name);
    if (known !== undefined) return known;
    const condition = scope.template.Conditions?.[name];
    if (condition === undefined) return fail(path, `the template has no condition "${name}"`);
    const value = test(condition, `Conditions.${name}`);
    conditions.set(name, value);
    return value;
  };

  const test = (condition: unknown, path: string): boolean => {
    const entry = single(condition);
    if (!entry) return fail(path, 'is not a condition');
    const [name, argument] = entry;
    const list = Array.isArray(argument) ? (argument as unknown[]) : [];
    switch (name) {
      case 'Fn::Equals':
        return String(resolve(list[0], path)) === String(resolve(list[1], path));
      case 'Fn::And':
        return list.every((each) => test(each, path));
      case 'Fn::Or':
        return list.some((each) => test(each, path));
      case 'Fn::Not':
        return !test(list[0], path);
      case 'Condition':
        return holds(String(argument), path);
      default:
        return fail(path, `${name} is not supported by the local runtime`);
    }
  };

  const list = (value: unknown, path: string): unknown[] => {
    const resolved = resolve(value, path);
    return Array.isArray(resolved) ? (resolved as unknown[]) : fail(path, 'expects a list');
  };

  const text = (value: unknown, path: string): string => {
    const resolved = resolve(value, path);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean') {
      return String(resolved);
    }
    return fail(path, 'expects a text');
  };

  const substitute = (argument: unknown, path: string): string => {
    const [form, own] = (Array.isArray(argument) ? argument : [argument]) as [unknown, unknown];
    const variables = (own ?? {}) as Record<string, unknown>;
    if (typeof form !== 'string') return fail(path, 'expects a text');
    return form.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return text(variables[name], path);
      const dot = name.indexOf('.');
      return String(dot < 0 ? ref(name, path) : attribute(name.slice(0, dot), name.slice(dot + 1), path));
    });
  };

  const functions: Record<string, (argument: unknown, path: string) => unknown> = {
    Ref: (argument, path) => ref(String(argument), path),
    'Fn::GetAtt': (argument, path) => {
      const [logicalId = '', ...name] =
        typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return attribute(logicalId, name.map((part) => text(part, path)).join('.'), path);
    },
    'Fn::Sub': substitute,
    'Fn::Join': (argument, path) => {
      const [separator, parts] = argument as [string, unknown];
      return list(parts, path)
        .map((part) => text(part, path))
        .join(separator);
    },
    'Fn::Select': (argument, path) => {
      const [index, from] = argument as [unknown, unknown];
      return list(from, path)[Number(resolve(index, path))] ?? fail(path, 'selects past the end of its list');
    },
    'Fn::Split': (argument, path) => {
      const [separator, from] = argument as [string, unknown];
      return text(from, path).split(separator);
    },
    'Fn::If': (argument, path) => {
      const [condition, then, otherwise] = argument as [string, unknown, unknown];
      return resolve(holds(condition, path) ? then : otherwise, path);
    },
    'Fn::FindInMap': (argument, path) => {
      const [map, first, second] = list(argument, path).map(String) as [string, string, string];
      return (
        scope.template.Mappings?.[map]?.[first]?.[second] ??
        fail(path, `the template's mappings have no ${map}.${first}.${second}`)
      );
    },
  };

  const resolve: Resolve = (value, path) => {
    if (Array.isArray(value)) {
      return value.map((each, index) => resolve(each, `${path}[${index}]`)).filter((each) => each !== absent);
    }
    if (typeof value !== 'object' || value === null) return value;
    const [name, argument] = single(value) ?? [];
    if (name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
      const apply = functions[name];
      return apply
        ? apply(argument, `${path}.${name}`)
        : fail(path, `${name} is not supported by the local runtime`);
    }
    const resolved: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) {
      const one = resolve(each, `${path}.${key}`);
      if (one !== absent) resolved[key] = one;
    }
    return resolved;
  };

  return { resolve, holds };
}

/** The entry of an object that has just one. */
function single(value: unknown): [string, unknown] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value as Record<string, unknown>);
  return entries.length === 1 ? entries[0] : undefined;
}
