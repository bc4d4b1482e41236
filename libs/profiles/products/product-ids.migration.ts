import type { Connection, mongo } from 'mongoose';
import type { Json } from '@millrace/sdk';
import type { Migration, MigrationStep } from '#platform';
import { productModel, type StoredProduct } from './product.schema.ts';

const atATime = 1_000;

/** Products get their id alone (`id`) beside `<connection>:<id>`, so that an order's line finds them. */
export const productIds = {
  number: 1,
  title: 'products can be found by their id alone',
  when: 'background',
  async step(connection: Connection, position: Json | undefined): Promise<MigrationStep> {
    const products = connection.model(productModel).collection as unknown as mongo.Collection<StoredProduct>;
    const from = typeof position === 'string' ? position : '';
    const page = await products
      .find({ _id: { $gt: from } }, { projection: { _id: 1 }, sort: { _id: 1 }, limit: atATime })
      .toArray();
    const last = page.at(-1);
    if (!last) return { changed: 0 };
    const { modifiedCount } = await products.updateMany(
      { _id: { $gt: from, $lte: last._id }, id: { $exists: false } },
      [{ $set: { id: idAlone } }],
    );
    return { changed: modifiedCount, ...(page.length === atATime && { position: last._id }) };
  },
} satisfies Migration;

const colon = { $indexOfCP: ['$_id', ':'] };
const idAlone = { $substrCP: ['$_id', { $add: [colon, 1] }, { $strLenCP: '$_id' }] };
