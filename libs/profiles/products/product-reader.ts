import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { identityKey } from '../identity/index.ts';
import { nativeCollection, type Collection } from '../store/index.ts';
import { productModel, type StoredProduct } from './product.schema.ts';

export interface ProductRef {
  /** The connection that names the product: its own products come first, then anybody's with this id. */
  connection: string;
  id: string;
}

const mostFound = 2_000;

/** Products, as lines of orders name them. */
@Injectable()
export class ProductReader {
  private readonly products: Collection<StoredProduct>;

  constructor(@InjectModel(productModel) products: Model<StoredProduct>) {
    this.products = nativeCollection<StoredProduct>(products);
  }

  /** One each, in their order. Of several connections that have the id, the first by name counts. */
  async find(refs: readonly ProductRef[]): Promise<(StoredProduct | undefined)[]> {
    if (refs.length === 0) return [];
    const ids = [...new Set(refs.map(({ id }) => id))];
    const own = [...new Set(refs.map(ownId))];
    const found = await this.products
      .find({ $or: [{ _id: { $in: own } }, { id: { $in: ids } }], d: { $exists: false } })
      .sort({ _id: 1 })
      .limit(mostFound)
      .toArray();
    const byOwnId = new Map(found.map((product) => [product._id, product]));
    const byId = new Map([...found].reverse().map((product) => [product.id, product]));
    return refs.map((ref) => byOwnId.get(ownId(ref)) ?? byId.get(ref.id));
  }
}

function ownId({ connection, id }: ProductRef): string {
  return identityKey(connection, id);
}
