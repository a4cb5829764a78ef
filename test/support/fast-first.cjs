const Sequencer = require('@jest/test-sequencer').default;

const stages = [
  /\/packages\//,
  /\/test\/(domain|application|adapters)\//,
  /\/test\/contracts\//,
  /\/test\/infra\//,
  /\/test\/local\//,
  /\/test\/e2e\//,
];
const stage = ({ path }) => {
  const found = stages.findIndex((pattern) => pattern.test(path));
  return found === -1 ? stages.length : found;
};

module.exports = class FastFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => stage(a) - stage(b) || a.path.localeCompare(b.path));
  }
};
