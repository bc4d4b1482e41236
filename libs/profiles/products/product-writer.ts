import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Outcome, Peek, Row } from '@millrace/sdk';
import type { Model } from 'mongoose';
import { said } from '../folding/index.ts';
import { asPeek, nativeCollection, peekNewest, writeNewest, type Collection } from '../store/index.ts';
import { productModel, type StoredProduct } from './product.schema.ts';
import type { ProductRow } from './read-product.ts';

/** Keeps the newest version of each product. */
@Injectable()
export class ProductWriter {
  private readonly products: Collection<StoredProduct>;

  constructor(@InjectModel(productModel) products: Model<StoredProduct>) {
    this.products = nativeCollection<StoredProduct>(products);
  }

  /** One outcome a row, in their order. */
  write(rows: ProductRow[]): Promise<Outcome[]> {
    return writeNewest(this.products, rows, stored);
  }

  /** What `write` would do. Writes nothing. */
  async peek(rows: ProductRow[]): Promise<Peek[]> {
    const peeks = await peekNewest(this.products, rows, stored);
    return peeks.map(({ outcome, before, after }) => ({ outcome, ...asPeek(before, after, stateOf) }));
  }
}

function stored(row: Omit<ProductRow, 'undated'>, v: number): StoredProduct {
  return { ...row, v, updatedAt: new Date() };
}

function stateOf({ _id, name, price, url, image, properties, d }: StoredProduct): Row | undefined {
  return d ? undefined : { id: _id, ...said({ name, price, url, image }), properties };
}
