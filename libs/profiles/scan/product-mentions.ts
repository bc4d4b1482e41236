import type { Json } from '@millrace/sdk';
import type { Traits } from '../folding/index.ts';

const names = ['product', 'product_id', 'productId', 'sku'];

/** The ids of products that an event names: as Segment's e-commerce events do, alone or in `products` and `lines`. */
export function productsNamedBy(properties: Traits): string[] {
  const lists = [properties.products, properties.lines].filter(Array.isArray) as Json[][];
  const items = [properties, ...lists.flat()];
  return [...new Set(items.flatMap((item) => idOf(item) ?? []))];
}

function idOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const found = names.map((name) => item[name]).find((value) => typeof value === 'string' || typeof value === 'number');
  return found === undefined ? undefined : String(found);
}
