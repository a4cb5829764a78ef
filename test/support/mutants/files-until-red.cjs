const TestRunner = require('jest-runner').default;

const namesIn = new Map();

/**
 * For mutants, which one red test ends: files are run until a test is red, and those are not loaded again
 * that have none of the tests asked for.
 */
module.exports = class FilesUntilRed extends TestRunner {
  async runTests(tests, watcher, options) {
    let isRed = false;
    this.on('test-file-success', ([{ path }, { testResults, numFailingTests, testExecError }]) => {
      namesIn.set(
        path,
        testResults.map(({ fullName }) => fullName),
      );
      isRed ||= numFailingTests > 0 || testExecError !== undefined;
    });
    this.on('test-file-failure', () => (isRed = true));
    const asked = new RegExp(this._globalConfig.testNamePattern ?? '', 'i');
    for (const test of tests) {
      if (isRed) return;
      if (namesIn.get(test.path)?.every((name) => !asked.test(name))) continue;
      await super.runTests([test], watcher, options);
    }
  }
};
