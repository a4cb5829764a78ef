import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** What keys and tokens look like, by who gives them out. */
const SHAPES: Record<string, RegExp> = {
  'access key of AWS': /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
  'private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g,
  'JSON Web Token': /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  'token of a service':
    /\b(?:gh[pousr]_\w{36}|github_pat_\w{22,}|npm_\w{36}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|AIza[\w-]{35})/g,
  'password in an address': /\b[a-z][a-z+.-]*:\/\/[^\s/:@'"`${}]+:[^\s/:@'"`${}]+@[\w.-]+/g,
  'hexadecimal secret': /(?<![\w-])[0-9a-f]{32,}(?![\w-])/gi,
  'base64 secret': /(?<![\w+/=-])[A-Za-z0-9+/_-]{40,}={0,2}(?![\w+/=-])/g,
};

/** Looks like one, and is none. */
const KNOWN = new Set([
  // Trace ids: of the specification of W3C, and of its example of baggage.
  '4bf92f3577b34da6a3ce929d0e0e4736',
  '0af7651916cd43dd8448eb211c80319c',
  // The name space of the ids of events, which subscribers know.
  '6f1c7a52b0c84f0e9d0e2a9a54c1e7d3',
  // MD5 of what messages in tests hold.
  '235c5c510d26fb653d073faed50ae77c',
  '8ae21a7957029ef04146b42aeaa18a22',
]);
/** Where nothing but digests of public files stands. */
const DIGESTS = /(^|\/)(package-lock\.json|released\/digests\.json)$/;
/** A link to a line of a commit looks random, and is read by all. */
const LINK = /https:\/\/github\.com\/\S+/g;
const IMAGE = /\.(png|jpe?g|ico|gz|woff2?)$/;

/** Of a random text of base64 it is near six; words and paths stay below. */
const bitsPerCharacter = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / text.length) * Math.log2(count / text.length),
    0,
  );
};
const isRandom: Record<string, (text: string) => boolean> = {
  'hexadecimal secret': (text) => bitsPerCharacter(text) > 3,
  'base64 secret': (text) =>
    [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text)) &&
    bitsPerCharacter(text) > 4.4 &&
    !/abcdef|012345/i.test(text),
};

const secretsIn = (text: string): string[] =>
  Object.entries(SHAPES).flatMap(([name, shape]) =>
    [...(isRandom[name] ? text.replaceAll(LINK, '') : text).matchAll(shape)]
      .filter(([found]) => !KNOWN.has(found) && (isRandom[name]?.(found) ?? true))
      .map(([found]) => `${name} ${found.slice(0, 12)}...`),
  );

/** Put together here, so that this file holds none. */
const SAMPLES = {
  'access key of AWS': ['AKIA', 'Q3EGRCWN7ABCDEFG'].join(''),
  'private key': ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' '),
  'JSON Web Token': ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJDMTAxIn0', 'c2ln'].join('.'),
  'token of a service': ['gh', 'p_', 'a1B2'.repeat(9)].join(''),
  'password in an address': ['https://somebody', 'hunter2@example.com'].join(':'),
  'hexadecimal secret': ['9f86d081884c7d65', '9a2feaa0c55ad015'].join(''),
  'base64 secret': ['wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYzq8TpLd2Km'].join(''),
};

describe('secrets in the repository', () => {
  it.each(Object.entries(SAMPLES))('given a %s, then it would be found', (name, sample) => {
    expect(secretsIn(`const it = '${sample}';`)).toEqual([expect.stringMatching(`^${name} `) as unknown]);
  });

  it('then no file that git keeps holds one', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT }).toString().split('\0');
    const looked = files.filter((file) => file !== '' && !IMAGE.test(file) && !DIGESTS.test(file));
    expect(looked.length).toBeGreaterThan(500);
    const found = looked.flatMap((file) =>
      secretsIn(readFileSync(path.join(ROOT, file), 'utf8')).map((secret) => `${file}: ${secret}`),
    );
    expect(found).toEqual([]);
  });
});
