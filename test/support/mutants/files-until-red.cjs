const TestRunner = require('jest-runner').default;

/** By file; under a mutant it may have fewer. */
const namesIn = new Map();

/**
 * For mutants, which one red test ends: files are run until a test is red, and those are not loaded again
 * that have none of the tests asked for.
 */
module.exports = class FilesUntilRed extends TestRunner {
  async runTests(tests, watcher, options) {
    let isRed = false;
    this.on('test-file-success', ([{ path }, { testResults, numFailingTests, testExecError }]) => {
      const names = testResults.map(({ fullName }) => fullName);
      namesIn.set(path, new Set([...(namesIn.get(path) ?? []), ...names]));
      isRed ||= numFailingTests > 0 || testExecError !== undefined;
    });
    this.on('test-file-failure', () => (isRed = true));
    const asked = new RegExp(this._globalConfig.testNamePattern ?? '', 'i');
    for (const test of tests) {
      if (isRed) return;
      const names = [...(namesIn.get(test.path) ?? [])];
      if (names.length > 0 && !names.some((name) => asked.test(name))) continue;
      await super.runTests([test], watcher, options);
    }
  }
};
