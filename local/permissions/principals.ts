import { isRecord } from '../properties.ts';
import type { Refuse } from './refusal.ts';

/** Who asks, as policies see it. */
export type Identity = { role: string; account: string } | { service: string };

/** How a statement means somebody: by name, or only as one of an account, whose own policies must then allow it too. */
export type Meant = 'by name' | 'by account' | undefined;

export type Means = (identity: Identity) => Meant;

const everybody: Means = () => 'by name';

/** The Principal of a policy on a resource. */
export function compilePrincipal(given: unknown, refuse: Refuse): Means {
  if (given === '*') return everybody;
  if (!isRecord(given)) return refuse('a statement has no Principal');
  const all = Object.entries(given).flatMap(([kind, values]) => {
    const texts = (Array.isArray(values) ? values : [values]).map(String);
    if (kind === 'Service') return texts.map(service);
    if (kind === 'AWS') return texts.map((text) => accountOrRole(text, refuse));
    return refuse(`the local runtime does not know principals of the kind ${kind}`);
  });
  return (identity) => {
    const meant = all.map((means) => means(identity));
    return meant.find((each) => each === 'by name') ?? meant.find((each) => each !== undefined);
  };
}

const service =
  (name: string): Means =>
  (identity) =>
    'service' in identity && identity.service === name ? 'by name' : undefined;

function accountOrRole(text: string, refuse: Refuse): Means {
  if (text === '*') return everybody;
  const [, account] = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(text) ?? [];
  if (account !== undefined)
    return (identity) => ('role' in identity && identity.account === account ? 'by account' : undefined);
  if (!/^arn:[^:*]*:iam::\d{12}:role\/[^*]+$/.test(text))
    return refuse(`the local runtime does not know the principal ${text}`);
  return (identity) => ('role' in identity && identity.role === text ? 'by name' : undefined);
}
