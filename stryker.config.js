import process from 'node:process';

/** The parts that a mistake would cost most, each with the tests that judge it: `PART=domain npm run mutate`. */
const PARTS = {
  domain: { code: ['src/domain/**/*.ts'], tests: ['test/domain/**', 'test/application/**'] },
  application: { code: ['src/application/**/*.ts'], tests: ['test/application/**'] },
  cursors: {
    code: ['src/adapters/cursors/**/*.ts'],
    tests: ['test/contracts/cursors.test.ts', 'test/adapters/api-gateway/cursors.test.ts'],
  },
  publisher: {
    code: ['src/adapters/eventbridge/**/*.ts'],
    tests: ['test/adapters/eventbridge/**', 'test/adapters/largest-event.test.ts'],
  },
  stream: { code: ['src/adapters/dynamodb-stream/**/*.ts'], tests: ['test/adapters/dynamodb-stream/**'] },
  repository: {
    code: ['src/adapters/dynamodb/**/*.ts'],
    tests: ['test/adapters/dynamodb/**', 'test/contracts/dynamodb.test.ts'],
  },
  'event-pattern': {
    code: ['packages/event-pattern/src/**/*.ts'],
    tests: ['packages/event-pattern/test/**'],
  },
};

const part = process.env.PART ?? 'domain';
if (!(part in PARTS))
  throw new Error(`There is no part "${part}" to mutate: ${Object.keys(PARTS).join(', ')}`);
const { code, tests } = PARTS[part];

// What breaks a law shows soon.
if (part === 'event-pattern') process.env.PROPERTY_TIMES ??= '0.1';

export default {
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.ts',
    // Jest finds none of the tests of some files, so that their mutants seemed to survive: those named above run.
    enableFindRelatedTests: false,
    config: {
      roots: ['<rootDir>/test', '<rootDir>/packages'],
      testSequencer: '<rootDir>/test/support/mutants/examples-first.cjs',
      // Stryker runs all tests that reach a mutant, though the first red one ends it.
      runner: '<rootDir>/test/support/mutants/files-until-red.cjs',
      testEnvironment: './test/support/mutants/tests-until-red.cjs',
      testMatch: tests.map((test) => `<rootDir>/${test.replace(/\*\*$/, '**/*.test.ts')}`),
    },
  },
  mutate: code,
  ignorePatterns: ['bench', 'console', 'cdk.out', 'dist', 'docs/images', '.local', '!packages/*/dist'],
  coverageAnalysis: 'perTest',
  // What is computed as a module is loaded would need all of its tests for each change.
  ignoreStatic: true,
  concurrency: 2,
  // What runs leave behind slows the next ones down, until time is up for mutants that tests would tell, or never could.
  maxTestRunnerReuse: 100,
  incremental: true,
  incrementalFile: `.local/mutation/${part}.json`,
  reporters: ['progress-append-only', 'clear-text', 'html'],
  htmlReporter: { fileName: `.local/mutation/${part}.html` },
  tempDirName: '.local/stryker',
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  thresholds: { high: 95, low: 90, break: 90 },
};
