import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { compileMapping, configSpec, MillraceError, streamsOf, type Mapping, type Page } from '@millrace/sdk';
import { readAll, testContext } from '@millrace/sdk/testing';
import file from '../../plugins/file/index.ts';

interface Example {
  connections: { slug: string; config: object }[];
  syncs: { slug: string; from: { connection: string }; mapping: Mapping }[];
}

const root = import.meta.dirname;
const { connections, syncs } = JSON.parse(readFileSync(join(root, 'syncs.json'), 'utf8')) as Example;

async function pagesOf(connection: string): Promise<Page[]> {
  const config = configSpec(file.config).parse(connections.find(({ slug }) => slug === connection)?.config);
  const ctx = testContext(config, { root });
  const { rows } = await streamsOf(file, ctx);
  return rows ? readAll(rows, ctx) : [];
}

describe('the example shop', () => {
  it.each([
    ['shop-customers', 59, ['customers.csv:27', 'customers.csv:44']],
    ['shop-orders', 149, ['orders.jsonl:99']],
  ])('%s has %i good rows, and the bad ones that its README names', async (connection, rows, rejects) => {
    const pages = await pagesOf(connection);
    expect(pages.flatMap((page) => page.records)).toHaveLength(rows);
    expect(pages.flatMap((page) => page.rejects ?? []).map(({ position }) => position)).toEqual(rejects);
  });

  it.each(syncs)('maps every row of $slug', async ({ from, mapping }) => {
    const compiled = compileMapping(mapping);
    const mapped = await compiled.mapBatch((await pagesOf(from.connection)).flatMap((page) => page.records));
    expect(mapped.filter((row) => row instanceof MillraceError)).toEqual([]);
  });

  it('adds up', async () => {
    const orders = (await pagesOf('shop-orders')).flatMap((page) => page.records);
    const cents = orders.reduce((sum, { total }) => sum + Math.round(Number(total) * 100), 0);
    expect(cents).toBe(975_680);
  });

  it('has a template that parses', () => {
    const source = readFileSync(join(root, 'last-order.hbs'), 'utf8');
    expect(() => Handlebars.parse(source)).not.toThrow();
  });
});
