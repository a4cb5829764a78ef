import type { Access } from '../../../local/parts.ts';
import { concerning, decide, type Decision } from '../../../local/permissions/evaluate.ts';
import type { Identity } from '../../../local/permissions/principals.ts';
import { refusing } from '../../../local/permissions/refusal.ts';
import { compileDocument } from '../../../local/permissions/statements.ts';

export type Given = Record<string, unknown>;

export const account = '123456789012';
export const role = { role: `arn:aws:iam::${account}:role/reader`, account };
export const eventBridge = { service: 'events.amazonaws.com' };
export const table = `arn:aws:dynamodb:eu-west-1:${account}:table/Orders`;

export const allow = (Action: string | string[], Resource: string | string[], more: Given = {}): Given => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (...[Action, Resource, more]: Parameters<typeof allow>): Given => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

export const document = (...statements: Given[]) => ({ Version: '2012-10-17', Statement: statements });

export interface Question {
  identity?: Given[];
  resource?: Given[];
  who?: Identity;
  action?: string;
  on?: string;
  context?: Access['context'];
}

/** What comes of a question: by default the role wants to get an item of the table. */
export function decision(question: Question): Decision {
  const { identity = [], resource = [], who = role, context = {} } = question;
  const { action = 'dynamodb:GetItem', on = table } = question;
  const policies = {
    identity: compileDocument(document(...identity), 'to a role', refusing('Policy')),
    resource: compileDocument(document(...resource), 'to a resource', refusing('Policy')),
  };
  return decide(who, (key) => context[key], concerning(policies, action, on));
}

export const allowed = (question: Question): boolean => decision(question).allowed;
