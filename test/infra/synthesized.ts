import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import cdk from '../../cdk.json' with { type: 'json' };
import type { CodeOf } from '../../infra/orders-function.ts';
import { OrdersStack } from '../../infra/orders-stack.ts';
import { type Stage, stageNamed } from '../../infra/stages.ts';

export interface Resource {
  id: string;
  type: string;
  properties: Record<string, unknown>;
  deletionPolicy: string | undefined;
}

interface TemplateJson {
  Parameters?: Record<string, unknown>;
  Outputs: Record<string, { Value: unknown }>;
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; DeletionPolicy?: string }>;
}

/** What CDK's rules and CloudFormation's published schemas, which aws-cdk-lib brings, find in a synthesized app. */
export const findingsIn = (assembly: string): string[] => {
  const report = JSON.parse(readFileSync(path.join(assembly, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string; description: string }[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName, description }) => `${ruleName} ${description}`),
  );
};

/** The stack of a stage, with stand-ins for the functions' code. */
export const stackOf = (
  stage: Stage,
  code: CodeOf = () => Code.fromInline('exports.handler = async () => ({});'),
  outdir?: string,
) => {
  const app = new App({ context: cdk.context, analyticsReporting: false, ...(outdir && { outdir }) });
  const stack = new OrdersStack(app, 'Orders', { stage, code });
  return { app, stack };
};

/** The template of a stage. CDK's own check of templates takes seconds. */
export const synthesized = (stage: Stage = stageNamed('dev'), { validated = false } = {}) => {
  process.env['CDK_VALIDATION'] = String(validated);
  const { app, stack } = stackOf(stage);
  const json = Template.fromStack(stack).toJSON() as TemplateJson;
  const findings = validated ? findingsIn(app.outdir) : [];
  rmSync(app.outdir, { recursive: true });

  const resources: Resource[] = Object.entries(json.Resources).map(([id, resource]) => ({
    id,
    type: resource.Type,
    properties: resource.Properties ?? {},
    deletionPolicy: resource.DeletionPolicy,
  }));
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const named = (name: string, type: string) => {
    const found = ofType(type).find((resource) => nameOf(resource) === name);
    if (!found) throw new Error(`No ${type} is named ${name}`);
    return found;
  };
  const byId = (id: string) => resources.find((resource) => resource.id === id);
  return { json, findings, resources, ofType, named, text: textIn(byId) };
};

const NAMES =
  /^(TableName|FunctionName|QueueName|BucketName|LogGroupName|Name|AlarmName|DashboardName|ArchiveName|TopicName)$/;

export const nameOf = ({ properties, type }: Resource): string => {
  const name = Object.entries(properties).find(
    ([key, value]) => NAMES.test(key) && typeof value === 'string',
  );
  return name ? String(name[1]) : type;
};

/** A value as one readable text: `Orders.Arn/index/GSI1` for a join of an attribute and what follows it. */
const textIn = (byId: (id: string) => Resource | undefined) => {
  const nameOfId = (id: string) => {
    const resource = byId(id);
    return resource ? nameOf(resource) : id;
  };
  const text = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    if ('Ref' in value) return nameOfId(String(value.Ref));
    if ('Fn::GetAtt' in value) {
      const [id, attribute] = value['Fn::GetAtt'] as [string, string];
      return `${nameOfId(id)}.${attribute}`;
    }
    if ('Fn::Join' in value) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map(text).join(separator);
    }
    throw new Error(`No text for ${JSON.stringify(value)}`);
  };
  return text;
};
