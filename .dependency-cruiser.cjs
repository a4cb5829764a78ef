const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** Whose technology an SDK is; the composition root makes the clients. */
const SDKS = {
  dynamodb: 'client-dynamodb|lib-dynamodb|util-dynamodb',
  eventbridge: 'client-eventbridge',
  'failure-store': 'client-s3',
  cursors: 'client-secrets-manager',
};

/** The rules of ARCHITECTURE.md, "Who may import whom". Types count like values. */
module.exports = {
  forbidden: [
    rule('no-circles', {}, { circular: true }, 'Each part can be understood without the parts above it'),
    rule(
      'domain-is-pure',
      { path: '^src/domain' },
      { pathNot: '^src/domain' },
      'No npm, no node, no other layer',
    ),
    rule(
      'application-knows-the-domain',
      { path: '^src/application' },
      { pathNot: '^src/(domain|application)' },
      'Technology reaches it through its own ports',
    ),
    rule(
      'adapters-stay-apart',
      { path: '^src/adapters/([^/]+)/', pathNot: '^src/adapters/(container|lambda)/' },
      { path: '^src/adapters/[^/]+/', pathNot: '^src/adapters/($1|observability)/' },
      'What two adapters share stands beside their folders',
    ),
    ...Object.entries(SDKS).map(([folder, sdks]) =>
      rule(
        `${folder}-has-its-own-sdk`,
        { path: '^src/', pathNot: `^src/adapters/(${folder}|container)/` },
        { path: `node_modules/@aws-sdk/(${sdks})/` },
      ),
    ),
    rule(
      'no-other-sdk',
      { path: '^src/' },
      {
        path: 'node_modules/@aws-sdk/',
        pathNot: `node_modules/@aws-sdk/(${Object.values(SDKS).join('|')})/`,
      },
    ),
    rule(
      'adapters-do-not-wire',
      { path: '^src/adapters/', pathNot: '^src/adapters/(container|lambda)/' },
      { path: '^src/adapters/(container|lambda)/' },
    ),
    rule(
      'entry-points-only-start',
      { path: '^src/adapters/lambda/' },
      { pathNot: '^src/adapters/(container/|config\\.ts$|api-gateway/docs-handler\\.ts$|cognito/)' },
      'They fetch the function from its container; those that need no wiring import it',
    ),
    rule(
      'one-composition-root',
      { pathNot: '^src/adapters/container/' },
      { path: 'node_modules/(inversify|@inversifyjs|reflect-metadata)/' },
    ),
    rule(
      'src-stands-alone',
      { path: '^src' },
      {
        path: '^(test|infra|local|cli|bench|openapi|events|console|packages/(event-pattern|orders-client))/',
      },
    ),
    rule(
      'the-contract-is-types',
      { path: '^src' },
      { path: '^packages/', dependencyTypesNot: ['type-only'] },
      'The package says what is published; nothing of it gets into a function',
    ),
    rule(
      'infra-shares-names-only',
      { path: '^infra' },
      {
        path: '^(src|local|test|cli|bench|events|packages)/',
        pathNot: '^(src/adapters/names\\.ts|packages/order-events/src/(cdk/)?index\\.ts)$',
      },
      'And subscribes as any team does',
    ),
    rule(
      'cli-calls-aws',
      { path: '^cli' },
      { path: '^(src|infra|local|test|bench|openapi|events)/', pathNot: '^src/adapters/names\\.ts$' },
      'It works the same against the cloud and this machine',
    ),
    rule(
      'local-runs-the-template',
      { path: '^local' },
      { path: '^(src|infra|test|cli|bench|openapi|events|console)/' },
    ),
    rule(
      'pages-ask-the-api',
      { path: '^console' },
      { pathNot: '^(console/|local/console/shapes/|node_modules/(preact|uplot)/)' },
      'A browser has nothing else; the shapes of the answers are types',
    ),
    rule(
      'the-contract-reads-the-code',
      { path: '^openapi' },
      { path: '^(infra|local|test|cli|bench|events|packages)/' },
      'It says what the schemas and problems of src say',
    ),
    rule(
      'the-contract-is-what-is-published',
      { path: '^events' },
      { path: '^(infra|local|test|cli|bench|openapi)/' },
      'It is made of the definitions of the package, and of what src publishes',
    ),
    rule(
      'packages-stand-alone',
      { path: '^packages/([^/]+)/' },
      { path: '^(?!packages/$1/|node_modules/)', dependencyTypesNot: ['core', 'aliased'] },
      'They name one another as npm does, and import nothing of the repository',
    ),
    rule(
      'examples-stand-alone',
      { path: '^examples/([^/]+)/' },
      { path: '^(?!examples/$1/|node_modules/)', dependencyTypesNot: ['core', 'aliased'] },
      'They are built as a team in another repository would: on what packages export',
    ),
    rule('examples-are-for-reading', { pathNot: '^(examples|test)/' }, { path: '^examples/' }),
    rule('resolvable', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The peers of the bench are a project of their own, with dependencies of its own.
    exclude: { path: '(^|/)(dist|cdk\\.out|\\.local)/|^bench/peers/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
