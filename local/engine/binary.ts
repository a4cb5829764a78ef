import { createRequire } from 'node:module';
import { Unready } from '../unready.ts';

/** The path of the embedded engine for this platform; undefined where its package is not installed. */
export function findBinary(
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined {
  const file = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${platform}-${arch}/${file}`);
  } catch {
    return undefined;
  }
}

export function requireBinary(platform: string = process.platform, arch: string = process.arch): string {
  const binary = findBinary(platform, arch);
  if (binary !== undefined) return binary;
  throw new Unready(
    `There is no embedded DynamoDB engine for ${platform}-${arch} in node_modules: set DYNAMODB_ENDPOINT to a running DynamoDB-compatible server, or use a supported platform (linux-x64) with optional dependencies installed.`,
  );
}

/** Of the package that holds the binary; undefined as there. */
export function engineVersion(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const { version } = require(`@dynoxide/${process.platform}-${process.arch}/package.json`) as {
      version: string;
    };
    return version;
  } catch {
    return undefined;
  }
}
