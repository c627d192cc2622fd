// The arrows of the architecture: services → packages → domain, and one home for each driver.

/** The folders of what is large, the lowest first: a file imports from its own floor and from those below. */
const FLOORS = {
  'packages/read-model/src': [
    'tables',
    'database',
    'sums|leadership',
    'batch',
    'counting|queries',
    'applying|sqlite|postgres',
    'build|verifying',
    'generations',
  ],
  'services/tracker/src': [
    'directory|recording',
    'request',
    'beacons|clicks|collector',
    'edge|node',
    'bundling',
  ],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'packages-know-no-service',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules have no I/O: only schemas, dates and canonical JSON may be imported.',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: '^packages/domain/src|/node_modules/(zod|date-fns|@date-fns|canonicalize)/',
      },
    },
    {
      name: 'only-standalone-composes-services',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/standalone/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'client-stands-alone',
      comment:
        'It goes to browsers, workers and shops: web standards, and nothing else of ours or of others.',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/client/src' },
    },
    {
      name: 'sqlite-only-in-adapters',
      severity: 'error',
      from: {
        path: '^(packages|services)/[^/]+/src',
        pathNot:
          '^packages/(event-store|event-store-testkit|read-model|privacy|spool)/|\\.test\\.ts$',
      },
      to: { path: '/node_modules/better-sqlite3/' },
    },
    {
      name: 'kysely-only-in-read-model',
      severity: 'error',
      from: { path: '^(packages|services)/', pathNot: '^packages/read-model/' },
      to: { path: '/node_modules/kysely/' },
    },
    {
      name: 'eventstoredb-only-in-its-adapter',
      severity: 'error',
      from: { pathNot: '^packages/event-store-(kurrent|testkit)/' },
      to: { path: '/node_modules/@eventstore/' },
    },
    {
      name: 'postgresql-only-in-adapters',
      severity: 'error',
      from: {
        path: '^(packages|services)/',
        pathNot:
          '^packages/(postgres|event-store-postgres|read-model|privacy|postgres-testkit)/|\\.test\\.ts$|/test/',
      },
      to: { path: '/node_modules/pg/' },
    },
    {
      name: 'edge-code-uses-web-standards-only',
      comment: 'The tracker app also runs on workerd, and so does the worker around it.',
      severity: 'error',
      from: {
        path: '^services/tracker/src/(app\\.ts$|worker\\.ts$|edge/|collector/)',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^(node:|fs$|path$|crypto$|http$|stream$|os$)', reachable: true },
    },
    {
      name: 'k6-only-in-scenarios',
      severity: 'error',
      from: { pathNot: '^load-tests/k6/scenarios/' },
      to: { path: '/node_modules/@types/k6/' },
    },
    {
      name: 'scenarios-import-nothing-else',
      comment: 'k6 resolves no packages; what is typed here is in its program.',
      severity: 'error',
      from: { path: '^load-tests/k6/scenarios/' },
      to: { pathNot: '^load-tests/k6/scenarios/|/node_modules/@types/k6/' },
    },
    ...Object.entries(FLOORS).flatMap(([home, floors]) =>
      floors.slice(0, -1).map((floor, index) => ({
        name: `floor-of-${home.split('/')[1]}-${floor.split('|')[0]}`,
        severity: 'error',
        from: { path: `^${home}/(${floor})/`, pathNot: '\\.test\\.ts$' },
        to: { path: `^${home}/(${floors.slice(index + 1).join('|')})/` },
      })),
    ),
    {
      name: 'no-tests-in-sources',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/test/' },
      to: { path: '\\.test\\.ts$|/test/', pathNot: '^packages/event-store-testkit/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What is built stands in no commit.
    exclude: { path: '^[^/]+/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // Where a module is another one in Node, as the edge has it: Node may use what it likes.
      conditionNames: ['browser', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
