/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';
import { availableParallelism } from 'node:os';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/packages', '<rootDir>/examples'],
  testMatch: ['**/*.test.ts'],
  testSequencer: '<rootDir>/test/support/fast-first.cjs',
  // The packages by their names, as tsconfig.json has them.
  moduleNameMapper: {
    '^event-pattern$': '<rootDir>/packages/event-pattern/src/index.ts',
    '^order-events$': '<rootDir>/packages/order-events/src/index.ts',
    '^order-events/(.*)$': [
      '<rootDir>/packages/order-events/src/$1.ts',
      '<rootDir>/packages/order-events/src/$1/index.ts',
    ],
  },
  transform: { '^.+\\.[tj]s$': '@swc/jest' },
  transformIgnorePatterns: ['/node_modules/(?!(inversify|@inversifyjs|jose)/)'],
  coverageProvider: 'v8',
  // Tells fast-check of PROPERTY_TIMES; without it no test file has to load it.
  setupFiles: process.env['PROPERTY_TIMES'] === undefined ? [] : ['<rootDir>/test/support/property-times.ts'],
  // More would meet each other in the working tree, where some tests build and plant files.
  maxWorkers: Math.min(availableParallelism(), 4),
  // What test files leave behind piles up in a worker, whose collector of garbage then takes longer than the tests.
  workerIdleMemoryLimit: '500MB',
  // Machines of any speed: a test that waits for something says so by hanging, not by a tight limit.
  testTimeout: 60_000 * Math.max(1, Number(process.env['PROPERTY_TIMES'] ?? 1)),
};

export default config;
