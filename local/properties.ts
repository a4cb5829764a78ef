import type { Resource, Stack } from './parts.ts';

/** The template asks for something that this machine does not run as the cloud would. */
export class UnsupportedResource extends Error {
  override readonly name = 'UnsupportedResource';
  constructor(resource: Resource, reason: string) {
    super(`${resource.logicalId} (${resource.type}): ${reason}`);
  }
}

export type Properties = Record<string, unknown>;

export const isRecord = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** CloudFormation lets a template write numbers and booleans as strings, and the other way round. */
export function text(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

export function numeric(properties: Properties, name: string): number | undefined {
  const value = text(properties, name);
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}

export function record(properties: Properties, name: string): Properties | undefined {
  const value = properties[name];
  return isRecord(value) ? value : undefined;
}

export function records(properties: Properties, name: string): Properties[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function texts(properties: Properties, name: string): string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function byRef(stack: Stack, type: string, ref: string | undefined): Resource | undefined {
  return stack.ofType(type).find((resource) => resource.ref === ref);
}

/** The last part of an ARN: a queue's, function's, bus's name. */
export const nameInArn = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
