export { ProductReader, type ProductRef } from './product-reader.ts';
export { productIds } from './product-ids.migration.ts';
export { ProductWriter } from './product-writer.ts';
export { productModel, productSchema, type StoredProduct } from './product.schema.ts';
export { readProduct, type ProductRow } from './read-product.ts';
