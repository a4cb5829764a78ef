import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

interface Package {
  /** Where it is installed under another one. */
  name?: string;
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  integrity?: string;
}

const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Package>;
};
const installed = Object.entries(packages).filter(
  ([place, { link }]) => place.includes('node_modules/') && link !== true,
);
const isOfProduction = ({ dev, devOptional }: Package) => dev !== true && devOptional !== true;
const ofProduction = installed.filter(([, each]) => isOfProduction(each));

/** SPDX identifiers that ask for no more than their text and a notice. */
const PERMISSIVE = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'].concat([
  'BlueOak-1.0.0',
  'Python-2.0',
  'CC0-1.0',
  'Unlicense',
]);
/** Of tools that are not shipped: their own files stay under it, ours do not come under it. */
const OF_TOOLS = [...PERMISSIVE, 'MPL-2.0', 'CC-BY-4.0'];

/** `(MIT OR GPL-3.0-or-later)`: of alternatives one must be allowed, of what holds together all. */
const isAllowed = (expression: string, allowed: readonly string[]): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((license) => allowed.includes(license.trim())));

/** What the package says of itself; the lock file where it is for another platform, and not here. */
const licenseOf = ([place, { license }]: [string, Package]): string => {
  const file = path.join(ROOT, place, 'package.json');
  if (!existsSync(file)) return license ?? 'none';
  const said = (JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown }).license;
  return typeof said === 'string' ? said : JSON.stringify(said ?? 'none');
};
const refused = (of: [string, Package][], allowed: readonly string[]): string[] =>
  of
    .map((each) => ({ place: each[0], license: licenseOf(each) }))
    .filter(({ license }) => !isAllowed(license, allowed))
    .map(({ place, license }) => `${place}: ${license}`);

describe('the licences of dependencies', () => {
  it.each([
    ['AGPL-3.0-only', false],
    ['GPL-3.0-or-later', false],
    ['SSPL-1.0', false],
    ['UNLICENSED', false],
    ['none', false],
    ['MIT AND GPL-2.0-only', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['Apache-2.0 AND MIT', true],
  ])('given %s, then it is allowed: %s', (license, allowed) => {
    expect(isAllowed(license, PERMISSIVE)).toBe(allowed);
  });

  it('given what goes into the functions, then each is permissive', () => {
    expect(ofProduction.length).toBeGreaterThan(20);
    expect(refused(ofProduction, PERMISSIVE)).toEqual([]);
  });

  it('given the tools beside, then each is, or binds its own files only', () => {
    expect(refused(installed, OF_TOOLS)).toEqual([]);
  });
});

const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
  scarfSettings: { enabled: boolean };
};
const nameAt = (place: string): string => place.replace(/^.*node_modules\//, '');

describe('where dependencies come from', () => {
  it('then each has a digest in the lock file, or came inside of one that has', () => {
    const without = installed.filter(
      ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'),
    );
    expect(without.map(([place]) => place)).toEqual([]);
  });

  it('then none may run a script at its installation, nor tell anybody of it', () => {
    const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript);
    const allowed = withScript.filter(([place]) => manifest.allowScripts[nameAt(place)] !== false);
    expect(withScript.length).toBeGreaterThan(0);
    expect(allowed.map(([place]) => place)).toEqual([]);
    // An older npm does not know of allowScripts.
    expect(manifest.scarfSettings).toEqual({ enabled: false });
  });

  it('then package.json names exact versions only', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^(npm:typescript@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });
});

interface Component {
  name: string;
  version: string;
  hashes?: object[];
  licenses?: object[];
  properties?: { name: string; value: string }[];
}

describe('npm run sbom', () => {
  it('then it writes all that is in the lock file as CycloneDX, tools marked as such, with no network', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: ROOT,
      env: { ...process.env, npm_config_offline: 'true' },
      maxBuffer: 64 * 1024 * 1024,
    });
    const { bomFormat, components } = JSON.parse(printed.toString()) as {
      bomFormat: string;
      components: Component[];
    };
    const isTool = ({ properties = [] }: Component) =>
      properties.some(({ name }) => name === 'cdx:npm:package:development');
    const listed = (of: Component[]) => new Set(of.map(({ name, version }) => `${name}@${version}`));
    // npm calls what is installed under another name by this name or by that.
    const names = ([place, { name, version = '' }]: (typeof installed)[number]) =>
      [name ?? nameAt(place), nameAt(place)].map((each) => `${each}@${version}`);
    const all = listed(components);
    expect(bomFormat).toBe('CycloneDX');
    expect(
      installed.flatMap((each) => (names(each).some((name) => all.has(name)) ? [] : names(each))),
    ).toEqual([]);
    const shipped = components.filter((component) => !isTool(component));
    expect(listed(shipped)).toEqual(new Set(ofProduction.flatMap(names)));
    for (const { name, hashes = [], licenses = [] } of shipped)
      expect([name, hashes.length, licenses.length]).toEqual([name, 1, 1]);
  });
});
