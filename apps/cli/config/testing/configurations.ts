import fc from 'fast-check';

/** A resource to be made: a path and what is put there. */
export interface Put {
  path: string;
  body: object & { priorities?: Record<string, number> };
  /** It is published, too. */
  publish?: boolean;
}

/** Texts that YAML, files or references may take for something else. */
const strange = [
  ...['no', 'null', '~', '1e3', '0x1F', '012', '2026-01-01', '=', '<<', '&a', '*a', '!a', '@a', '`a`', '%a', '# a'],
  ...['a: b', 'a #b', '- a', '? a', '---', '...', '---\nkind: sync\n', ' a', 'a ', '\ta', 'a\n', '\na', 'a\n\n', '\n'],
  ...[
    'a\r\nb',
    'a\rb',
    '"',
    "'",
    '\\',
    '\\n',
    '{ $env: A }',
    '{{a}}',
    'é',
    'e\u0301',
    '\u2028',
    '\ufeffa',
    '\u0085',
    '😀',
  ],
];
const text = fc.oneof(fc.constantFrom(...strange), fc.string({ unit: 'grapheme', maxLength: 20 }));
const name = text.map((one) => one || 'Name');
const key = fc.oneof(
  fc.constantFrom('$env', '$file', '$value', 'a b', 'no', '1', '<<'),
  fc.string({ minLength: 1, maxLength: 5 }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -0.5, 1e21, 12345678901234),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 3 }),
  ),
}));
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const labels = some(fc.uniqueArray(name, { maxLength: 3 }));
const condition = fc.record({ field: fc.constant('traits.a'), is: fc.constant('equals'), value: text });

const connection = (slug: string) =>
  fc.record({
    path: fc.constant(`/api/connections/${slug}`),
    body: fc.record({
      connector: fc.constant('file'),
      name: some(name),
      config: fc.constantFrom({ path: 'people.csv' }, { path: 'people.csv', key: ['id'] }),
      labels: some(fc.subarray(['eu', 'a:b', '1', 'no'])),
    }),
  });

const schedule = fc.constantFrom(
  { every: '15m' },
  { cron: '0 6 * * *', timeZone: 'Europe/Berlin' },
  { cron: '*/5 * * * *' },
);
const mapping = fc.record({
  'identities.email': fc.constant('email | trim'),
  'traits.a': fc.oneof(
    json.map((value) => ({ value })),
    fc.constant('id'),
    text.map((template) => ({ template })),
  ),
});
const target = fc.oneof(
  fc.record({ to: fc.constant({ connection: 'profiles', object: 'profile' }), mapping }),
  fc.record({ to: fc.constant({ connection: 'profiles' }), outputs: fc.record({ profile: mapping }) }),
  fc.record({
    to: fc.constant({ connection: 'profiles', object: 'profile' }),
    outputs: fc.record({ profile: mapping, event: fc.constant({ name: { value: 'A' } }) }),
  }),
  fc.record({ to: fc.constant({ connection: 'landing', object: 'row' }) }),
);
const syncOf = (slug: string, when: fc.Arbitrary<object>) =>
  fc
    .tuple(
      fc.record({
        name,
        from: fc.constant({ connection: 'c-one', stream: 'rows', key: ['id'] }),
        filter: some(fc.record({ field: fc.constant('id'), is: fc.constant('equals'), value: text })),
        read: some(fc.constant('full')),
        delivery: some(fc.constantFrom('atLeastOnce', 'atMostOnce')),
        drift: some(fc.constantFrom('ignore', 'add', 'pause')),
        schedule: some(when),
        labels,
        paused: some(fc.boolean()),
      }),
      target,
    )
    .map(([body, to]): Put => ({ path: `/api/syncs/${slug}`, body: { ...body, ...to } }));

const block = (slug: string) =>
  fc.record({
    path: fc.constant(`/api/blocks/${slug}`),
    body: fc.record({
      name,
      source: text,
      params: some(fc.array(fc.record({ name: fc.constant('a'), default: text }), { maxLength: 1 })),
      variants: some(
        fc.array(fc.record({ name: fc.constant('gold'), when: condition, source: text }), { maxLength: 1 }),
      ),
    }),
    publish: fc.boolean(),
  });

const template = fc.record({
  path: fc.constant('/api/templates/t-one'),
  body: fc.record({
    name,
    subject: text,
    preheader: some(text),
    source: fc.oneof(text, fc.constant('<p>{{> b-one}}</p>\n')),
    text: some(text),
    preflight: some(fc.constant({ blanks: 0.01 })),
  }),
  publish: fc.boolean(),
});

const limits = {
  enabled: some(fc.boolean()),
  severity: some(fc.constantFrom('info', 'warning', 'error')),
  tolerance: some(fc.constantFrom(0, 0.02, 1)),
  connections: some(fc.constantFrom(['c-one'], [])),
};
const auditRules: fc.Arbitrary<Put>[] = [
  fc.record({
    path: fc.constant('/api/audit-rules/q-one'),
    body: fc
      .tuple(
        fc.record({ title: name, of: fc.constantFrom('profile', 'order'), fault: fc.constant('missing'), ...limits }),
        fc.oneof(
          fc.record({ when: condition }),
          fc.constantFrom({ sameAs: ['name'] }, { format: { as: 'email', fields: ['traits.email'] } }),
        ),
      )
      .map(([rule, test]) => ({ ...rule, ...test })),
  }),
  fc.record({ path: fc.constant('/api/audit-rules/order-total'), body: fc.record(limits) }),
];

const others: fc.Arbitrary<Put>[] = [
  ...auditRules,
  fc.record({
    path: fc.constantFrom('/api/traits/birthDate', '/api/traits/a%20b', '/api/traits/pr%C3%A9nom'),
    body: fc.record({ title: some(name), owner: some(name), sensitive: some(fc.boolean()) }),
  }),
  fc.record({
    path: fc.constantFrom('/api/purposes/news.weekly', '/api/purposes/marketing'),
    body: fc.record({
      title: name,
      basis: fc.constantFrom('consent', 'optOut', 'none'),
      titles: some(fc.constant({ de: 'No', pt: '{ $env: A }' })),
    }),
  }),
  fc.record({
    path: fc.constant('/api/identity-policy'),
    body: fc.record({ mergeLimit: fc.nat(9), blocked: some(fc.constant(['*:no', 'email:@a.example.com'])) }),
  }),
  fc.record({
    path: fc.constantFrom('/api/privacy/retention/event', '/api/privacy/retention/audienceChange'),
    body: fc.record({ days: fc.integer({ min: 1, max: 36_500 }), enabled: fc.boolean() }),
  }),
  fc.record({
    path: fc.constant('/api/source-priorities'),
    body: fc.record({ priorities: fc.constantFrom<Record<string, number>>({ 'c-one': 7 }, { 'c-one': -1_000 }, {}) }),
  }),
  fc.record({
    path: fc.constant('/api/sources/s-one'),
    body: fc.record({ name, origins: some(fc.constant(['https://a.example.com'])) }),
  }),
  fc.record({
    path: name.map((event) => `/api/event-schemas/${encodeURIComponent(event)}`),
    body: fc.record({
      schema: fc.record({ type: fc.constant('object'), title: text, default: json }),
      onViolation: fc.constantFrom('warn', 'reject'),
    }),
  }),
  fc.record({
    path: fc.constant('/api/computed-traits/spent'),
    body: fc.record({
      from: fc.constant('orders'),
      calculate: fc.constant('count'),
      where: some(fc.record({ field: fc.constant('status'), is: fc.constant('equals'), value: text })),
    }),
  }),
  fc.record({ path: fc.constant('/api/audiences/a-one'), body: fc.record({ name: some(name), condition }) }),
  fc.record({
    path: fc.constant('/api/strings/pt-BR'),
    body: fc.record({ texts: fc.dictionary(fc.constantFrom('a', 'no', 'b.c', '1'), text, { maxKeys: 3 }) }),
  }),
  fc.record({
    path: fc.constant('/api/feeds/f-one'),
    body: fc.record({ name, url: fc.constant('https://a.example.com/?q={{city}}'), fallback: some(json) }),
  }),
  fc.record({
    path: fc.constant('/api/alerts/channels/h-one'),
    body: fc.record({
      name: some(name),
      type: fc.constant('webhook'),
      config: fc.constantFrom({ url: 'https://a.example.com/x' }, { url: 'https://a.example.com/?a=b&c=%7B#d' }),
    }),
  }),
  fc.record({
    path: fc.constant('/api/alerts/rules/r-one'),
    body: fc.record({
      name: some(name),
      on: fc.constantFrom({ failed: true }, { failed: true, drift: false }, { rejectShare: 0.1 }),
      syncs: some(fc.constant(['y-one'])),
      to: fc.constant(['h-one']),
      repeat: some(fc.constantFrom(null, '1h')),
      enabled: some(fc.boolean()),
    }),
  }),
  fc.record({
    path: fc.constant('/api/triggers/g-one'),
    body: fc.record({
      name: some(name),
      on: fc.constantFrom({ event: 'Order Completed' }, { entersAudience: 'a-one' }),
      do: fc.constantFrom({ webhook: { url: 'https://a.example.com/x' } }, { sync: 'y-one' }),
    }),
  }),
];

/** What an installation may be made of; refers to each other as far as it is there. */
export const configurations: fc.Arbitrary<Put[]> = fc
  .tuple(
    connection('c-one'),
    ...others.slice(0, 13).map((one) => some(one)),
    some(block('b-one')),
    some(template),
    syncOf('y-one', schedule),
    some(syncOf('a-after', fc.constant({ after: 'y-one' }))),
    ...others.slice(13).map((one) => some(one)),
  )
  .map((puts) => puts.filter((put) => put !== undefined) as Put[]);
