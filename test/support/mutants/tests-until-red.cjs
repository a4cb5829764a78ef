const { TestEnvironment } = require('jest-environment-node');

/** For mutants: of a file, nothing more is run than up to the first red test. */
module.exports = class TestsUntilRed extends TestEnvironment {
  isRed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.isRed = true;
    // What a failed beforeAll left with an error is red already.
    if (name === 'test_start' && this.isRed && test.errors.length === 0) test.mode = 'skip';
    // Otherwise Stryker takes what is loaded afterwards for what the skipped test reached.
    const stryker = this.global[this.global.__strykerGlobalNamespace__];
    if (name === 'test_skip' && stryker) stryker.currentTestId = undefined;
  }
};
