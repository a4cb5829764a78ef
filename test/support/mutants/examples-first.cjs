const { readFileSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

const hasLaws = ({ path }) => readFileSync(path, 'utf8').includes("from 'fast-check'");
const rank = (test) => (test.path.includes('/contracts/') ? 0 : hasLaws(test) ? 2 : 1);

/** For mutants: contracts say most of what an adapter is for; what tries hundreds of values is asked last. */
module.exports = class ExamplesFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
};
