/** Documents whose blocks a test of their own runs, line for line: the file, and the words there that read them. */
export const RUN_ELSEWHERE: readonly { documents: RegExp; by: string; words: string }[] = [
  {
    documents: /^docs\/runbooks\/redrive\.md$/,
    by: 'test/cli/runbook.test.ts',
    words: 'docs/runbooks/redrive.md',
  },
  {
    documents: /^docs\/runbooks\/reconcile\.md$/,
    by: 'test/cli/reconcile.test.ts',
    words: 'docs/runbooks/reconcile.md',
  },
  { documents: /^docs\/runbooks\//, by: 'test/alarms/runbooks.ts', words: '../../docs/runbooks' },
  { documents: /^docs\/events\.md$/, by: 'test/events/agreement.test.ts', words: 'await generatedFiles()' },
  {
    documents: /^docs\/subscribe\.md$/,
    by: 'test/e2e/subscribe.test.ts',
    words: "blocksIn('docs/subscribe.md')",
  },
  {
    documents: /^packages\/order-events\/README\.md$/,
    by: 'test/e2e/subscribe.test.ts',
    words: "blocksIn('packages/order-events/README.md')",
  },
  {
    documents: /^packages\/orders-client\/README\.md$/,
    by: 'test/e2e/orders-client-package.test.ts',
    words: 'readme.matchAll',
  },
];

/** What no test here can carry out, each with the reason. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'git clone . ../orders-of-a-stranger && cd ../orders-of-a-stranger':
    'the tests may run without a repository',
  'aws cloudformation update-termination-protection --stack-name Orders --no-enable-termination-protection':
    'needs an account',
  'aws dynamodb update-table --no-deletion-protection-enabled': 'needs an account',
  'aws kms schedule-key-deletion': 'needs an account',
  'npx cdk deploy --app "tsx app.ts"': 'needs an account',
  'npm ci --ignore-scripts': 'would install anew what the tests run on',
  'npm sbom --omit dev': 'named as what is not done',
};
