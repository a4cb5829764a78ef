import { untold, type Access, type Permissions, type Principal, type Stack } from '../parts.ts';
import { text } from '../properties.ts';
import { Unready } from '../unready.ts';
import { readAskers, type Asker } from './askers.ts';
import type { Context } from './conditions.ts';
import { concerning, decide, type Decision, type Policies } from './evaluate.ts';
import { readResourcePolicies } from './resource-policies.ts';

/** Hears of everything that is asked for; `denial` as `Permissions` gives it. */
export type Asked = (principal: Principal, access: Access, denial: string | undefined) => void;

const mostKept = 10_000;

/** Evaluates the template's own policies, each compiled once; Unready for what they hold and this does not know. */
export function createPermissions(options: { stack: Stack; asked?: Asked | undefined }): Permissions {
  const { stack, asked } = options;
  const askerOf = readAskers(stack);
  const onResource = readResourcePolicies(stack);

  // What depends on the template alone. Keys of objects are without number, so it is emptied at times.
  const kept = new Map<string, { policies: Policies; about: Context }>();
  const known = ({ name, statements }: Asker, { action, resource }: Access) => {
    const key = `${name} ${action} ${resource}`;
    const found = kept.get(key);
    if (found) return found;
    const policies = concerning({ identity: statements, resource: onResource(resource) }, action, resource);
    if (kept.size >= mostKept) kept.clear();
    const made = { policies, about: { ...onThisMachine, ...ownerOf(resource, stack) } };
    kept.set(key, made);
    return made;
  };

  const denialOf = (asker: Asker, access: Access): string | undefined => {
    const { policies, about } = known(asker, access);
    const valueOf = (key: string) => access.context?.[key] ?? asker.context[key] ?? about[key];
    const decision = decide(asker.identity, valueOf, policies);
    return decision.allowed ? undefined : sentence(asker.name, access, decision);
  };

  const denial: Permissions['denial'] = (principal, ...accesses) => {
    if ('role' in principal) {
      const untrusted = denial(principal.takenOnBy, { action: 'sts:AssumeRole', resource: principal.role });
      if (untrusted !== undefined) return untrusted;
    }
    const asker = askerOf(principal);
    if (!asker) return 'The security token included in the request is invalid.';
    for (const access of accesses) {
      const denied = denialOf(asker, access);
      asked?.(principal, access, denied);
      if (denied !== undefined) return denied;
    }
    return undefined;
  };

  for (const { arn, logicalId, properties } of stack.ofType('AWS::Lambda::Function')) {
    const role = text(properties, 'Role') ?? '';
    const lambda = { service: 'lambda.amazonaws.com', sourceArn: arn };
    const untrusted = denial(lambda, { action: 'sts:AssumeRole', resource: role });
    if (untrusted !== undefined) throw new Unready(`The function ${logicalId} cannot be run: ${untrusted}.`);
  }
  return { denial };
}

// Nobody reads on the way what does not leave the machine, as nobody reads TLS.
const onThisMachine: Context = { 'aws:securetransport': 'true' };

/** The account of the resource; a bucket's ARN does not name it, and another's could have that name. */
function ownerOf(resource: string, stack: Stack): Context {
  const [, , service, , named] = resource.split(':');
  if (service !== 's3')
    return { 'aws:resourceaccount': named === undefined || named === '' ? untold : named };
  const owner = stack.byArn(resource.replace(/\/.*$/s, '')) ? stack.accountId : untold;
  return { 'aws:resourceaccount': owner, 's3:resourceaccount': owner };
}

/** In AWS's words; S3 quotes the resource, and SQS knows no capitals. */
function sentence(
  name: string,
  { action, resource }: Access,
  { explicitly, by }: Exclude<Decision, { allowed: true }>,
): string {
  const asked = action.startsWith('sqs:') ? action.toLowerCase() : action;
  const on = action.startsWith('s3:') ? `"${resource}"` : resource;
  const article = by.startsWith('i') ? 'an' : 'a';
  const why = explicitly
    ? `with an explicit deny in ${article} ${by} policy`
    : `because no ${by} policy allows the ${asked} action`;
  return `User: ${name} is not authorized to perform: ${asked} on resource: ${on} ${why}`;
}
