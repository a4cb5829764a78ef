import fc from 'fast-check';
import type { Access } from '../../../local/parts.ts';
import type { Identity } from '../../../local/permissions/principals.ts';
import { wildcard } from '../../../local/permissions/wildcards.ts';
import { account, allowed, eventBridge, role, type Given, type Question } from '../support/policies.ts';
import { runs } from '../../support/property-times.ts';

const resources = ['a', 'b', 'ab', 'a/b'].map((name) => `arn:aws:sqs:eu-west-1:${account}:${name}`);
const some = <T>(...values: T[]) => fc.constantFrom(...values);
const lists = <T>(values: fc.Arbitrary<T>) => fc.array(values, { minLength: 1, maxLength: 3 });

const action = some('sqs:Send', 'sqs:Receive', 'sqs:*', '*', 'SQS:send', 's3:*', 'sqs:?e*');
const resource = some('*', ...resources, 'arn:aws:sqs:*:*:a*', 'arn:aws:sqs:*:*:?', 'arn:aws:s3:::a');
const condition = fc.option(
  fc
    .tuple(
      some('StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIfExists'),
      lists(some('x', 'y', '*')),
    )
    .map(([operator, values]) => ({ [operator]: { 'events:source': values } })),
  { nil: undefined },
);
const statement = (Effect: fc.Arbitrary<string>) =>
  fc
    .record({ Effect, actions: lists(action), resources: lists(resource), condition, negated: fc.boolean() })
    .map(({ Effect: effect, actions, resources: on, condition: Condition, negated }): Given => ({
      Effect: effect,
      [negated ? 'NotAction' : 'Action']: actions,
      Resource: on,
      ...(Condition && { Condition }),
    }));
const principal = some<unknown>(
  '*',
  { AWS: role.role },
  { AWS: account },
  { Service: eventBridge.service },
  { Service: ['s3.amazonaws.com'] },
);
const any = some('Allow', 'Deny');
const onRole = fc.array(statement(any), { maxLength: 4 });
const onResource = (effect: fc.Arbitrary<string>) =>
  fc.tuple(statement(effect), principal).map(([given, Principal]) => ({ ...given, Principal }));

const question: fc.Arbitrary<Required<Question>> = fc.record({
  identity: onRole,
  resource: fc.array(onResource(any), { maxLength: 3 }),
  who: some<Identity>(role, eventBridge),
  action: some('sqs:Send', 'sqs:Receive', 's3:Get'),
  on: some(...resources, 'arn:aws:s3:::a'),
  context: some<Access['context'] & {}>({}, { 'events:source': 'x' }, { 'events:source': 'z' }),
});

/** The question with one more statement on either side. */
const withOne = (effect: 'Allow' | 'Deny') =>
  fc
    .tuple(question, statement(some(effect)), onResource(some(effect)), fc.boolean())
    .map(([asked, ofRole, ofResource, toRole]) => ({
      before: asked,
      after: toRole
        ? { ...asked, identity: [...asked.identity, ofRole] }
        : { ...asked, resource: [...asked.resource, ofResource] },
    }));

test('given one more that allows, then nothing is denied that was allowed', () => {
  fc.assert(
    fc.property(withOne('Allow'), ({ before, after }) => {
      expect(!allowed(before) || allowed(after)).toBe(true);
    }),
  );
});

test('6.1 deny wins: given one statement more that denies, then nothing is allowed that was denied', () => {
  fc.assert(
    fc.property(withOne('Deny'), ({ before, after }) => {
      expect(!allowed(after) || allowed(before)).toBe(true);
    }),
  );
});

test('6.1 denied by default: given no statement that allows, then nothing is allowed', () => {
  const denials = (statements: Given[]) => statements.filter(({ Effect }) => Effect === 'Deny');
  fc.assert(
    fc.property(question, (asked) => {
      const only = { ...asked, identity: denials(asked.identity), resource: denials(asked.resource) };
      expect(allowed(only)).toBe(false);
    }),
  );
});

test('given the statements in another order, then the answer is the same', () => {
  fc.assert(
    fc.property(question, (asked) => {
      const turned = {
        ...asked,
        identity: asked.identity.toReversed(),
        resource: asked.resource.toReversed(),
      };
      expect(allowed(turned)).toBe(allowed(asked));
    }),
  );
});

test('given pairs of questions, then both answers come about often', () => {
  const answers = fc.sample(question, { numRuns: 400, seed: 1 }).map(allowed);
  expect(answers.filter(Boolean).length).toBeGreaterThan(40);
  expect(answers.filter((answer) => !answer).length).toBeGreaterThan(40);
});

/** By its definition: slow, and plain to see. */
const fits = (pattern: string, text: string): boolean => {
  const [first, rest] = [pattern.slice(0, 1), pattern.slice(1)];
  if (pattern === '') return text === '';
  if (first === '*') return fits(rest, text) || (text !== '' && fits(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && fits(rest, text.slice(1));
};

test('6.1 wildcards: given any pattern, then a text fits it as * and ? are defined', () => {
  const texts = (letters: string[]) => fc.string({ unit: some(...letters), maxLength: 6 });
  fc.assert(
    fc.property(
      texts(['a', '.', '/', '*', '?', '[', '\n']),
      texts(['a', '.', '/', '[', 'b', '\n']),
      (pattern, text) => {
        expect(wildcard(pattern)(text)).toBe(fits(pattern, text));
      },
    ),
    { numRuns: runs(2_000) },
  );
});
