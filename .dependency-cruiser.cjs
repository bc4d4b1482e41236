/** The import rule of docs/architecture.md: apps -> libs -> platform -> sdk, plugins -> sdk only, a folder's index.ts is its face, no cycles. */
const order = [
  'platform',
  'access',
  'tombstones',
  'catalog',
  'connections',
  'sync',
  'alerts',
  'profiles',
  'landing',
  'collect',
  'webhooks',
  'tracking',
  'triggers',
  'live',
  'content',
  'privacy',
  'quality',
];
const below = {
  platform: [],
  access: ['platform'],
  tombstones: ['platform'],
  catalog: ['platform', 'access'],
  connections: ['platform', 'access', 'catalog'],
  sync: ['platform', 'access', 'tombstones', 'catalog', 'connections'],
  alerts: ['platform', 'access', 'catalog', 'connections', 'sync'],
  profiles: ['platform', 'access', 'tombstones', 'catalog'],
  landing: ['platform', 'access', 'tombstones', 'catalog'],
  collect: ['platform', 'access', 'tombstones', 'catalog'],
  webhooks: ['platform', 'access', 'tombstones', 'catalog', 'connections', 'collect'],
  tracking: ['platform', 'access', 'profiles', 'collect'],
  triggers: ['platform', 'access', 'connections', 'sync', 'alerts', 'profiles'],
  live: ['platform', 'access', 'sync', 'profiles', 'collect'],
  content: ['platform', 'access', 'catalog', 'profiles'],
  privacy: order.slice(0, order.indexOf('privacy')),
  quality: ['platform', 'access', 'catalog', 'connections', 'sync', 'profiles', 'content'],
};

/** Folders of the engine, each on those before it. */
const engine = ['rows', 'push', 'opening', 'slices', 'subscriptions', 'steps'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'plugins-know-only-the-sdk',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: {
        path: '^(apps|libs|bench|plugins)/',
        pathNot: ['^libs/sdk/(index|testing/index)\\.ts$', '^plugins/$1/'],
      },
    },
    {
      name: 'only-specs-of-plugins-use-tools',
      severity: 'error',
      from: { path: '^plugins/', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { path: '^tools/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      from: { path: '^libs/sdk/' },
      to: { path: ['^(apps|plugins|tools|bench|libs/(?!sdk/))', '^node_modules/(@nestjs|mongoose|bull|mongodb)/'] },
    },
    {
      name: 'index-is-the-public-face',
      severity: 'error',
      from: { path: '^(apps|libs|plugins|tools|bench)/([^/]+)/' },
      to: {
        path: '^(libs|tools)/[^/]+/.+',
        pathNot: [
          '^$1/$2/',
          '^(libs|tools)/[^/]+/index\\.ts$',
          '^libs/sdk/testing/index\\.ts$',
          '^tools/typescript/register\\.mjs$', // what makes an index.ts loadable at all
        ],
      },
    },
    {
      name: 'libs-do-not-know-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { path: '^(apps|plugins|tools|bench)/', pathNot: '^$0' },
    },
    {
      name: 'apps-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-console-knows-the-api-only',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(apps/(?!console/)|libs|plugins|tools|bench)/' },
    },
    {
      name: 'functions-stand-alone',
      severity: 'error',
      from: { path: '^apps/serverless/', pathNot: ['\\.spec\\.ts$', '/testing/', 'vite\\.config\\.ts$'] },
      to: { path: ['^(apps/(?!serverless/)|libs|plugins|tools|bench)/', '^node_modules/(?!@types/)'] },
    },
    {
      name: 'the-snippet-stands-alone',
      severity: 'error',
      from: { path: '^apps/snippet/', pathNot: '/vite\\.config\\.mjs$' },
      to: { path: ['^(apps/(?!snippet/)|libs|plugins|tools|bench)/', '^node_modules/'] },
    },
    {
      name: 'a-room-is-entered-through-its-index',
      severity: 'error',
      from: { path: '^apps/console/([^/]+)/' },
      to: { path: '^apps/console/[^/]+/', pathNot: ['^apps/console/$1/', '^apps/console/[^/]+/index\\.ts$'] },
    },
    {
      name: 'browsers-get-no-code-of-the-console-folder',
      severity: 'error',
      from: { path: '^(libs|plugins)/' },
      to: { path: '^apps/console/' },
    },
    ...engine.slice(0, -1).map((folder, i) => ({
      name: `engine-${folder}-stands-on-what-is-before-it`,
      severity: 'error',
      from: { path: `^libs/sync/engine/${folder}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/sync/engine/(${engine.slice(i + 1).join('|')})/` },
    })),
    ...order.map((lib) => ({
      name: `${lib}-imports-one-way`,
      severity: 'error',
      from: { path: `^libs/${lib}/`, pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { path: `^libs/(?!(sdk|${[lib, ...below[lib]].join('|')})/)` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
