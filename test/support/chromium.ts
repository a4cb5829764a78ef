import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const LOCAL = path.join(__dirname, '../../.local');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const chosen = process.env['CHROMIUM_PATH'];
const installed = chosen ?? PLACES.find((place) => existsSync(place));
/** What the npm package brings runs there only. */
const packaged = process.platform === 'linux' && process.arch === 'x64';

export const missing =
  installed === undefined && !packaged
    ? 'there is no Chromium: install one, and set CHROMIUM_PATH to where it is'
    : undefined;

export interface Executable {
  executablePath: string;
  env: Record<string, string>;
}

const env = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);

/** Unpacks Chromium from its npm package, whole or not at all, and for the next run too: 200 MB, some seconds. */
const unpacked = (): string => {
  const main = require.resolve('@sparticuz/chromium');
  const manifest = readFileSync(path.join(path.dirname(main), '../../package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const directory = path.join(LOCAL, `chromium-${version}`);
  if (existsSync(directory)) return directory;
  const own = `${directory}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  try {
    // It unpacks into the temporary directory, and takes the libraries along that Lambda does not have.
    execFileSync(process.execPath, ['-e', `require(${JSON.stringify(main)}).executablePath()`], {
      env: { ...env, TMPDIR: own, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    });
    const fonts = path.join(own, 'fonts/fonts.conf');
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', path.join(directory, 'fonts')));
    renameSync(own, directory);
  } catch (error) {
    rmSync(own, { recursive: true });
    // Another worker may have been first.
    if (!existsSync(directory)) throw error;
  }
  return directory;
};

/** Yours (CHROMIUM_PATH), else the system's, else that of the npm package. */
export const findChromium = (): Executable => {
  if (installed !== undefined) {
    if (!existsSync(installed)) throw new Error(`CHROMIUM_PATH is ${installed}, and nothing is there`);
    return { executablePath: installed, env };
  }
  const directory = unpacked();
  return {
    executablePath: path.join(directory, 'chromium'),
    env: {
      ...env,
      LD_LIBRARY_PATH: path.join(directory, 'al2023/lib'),
      ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: path.join(directory, 'fonts') }),
    },
  };
};
