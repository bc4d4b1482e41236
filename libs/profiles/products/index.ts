export { ProductWriter } from './product-writer.ts';
export { productModel, productSchema, type StoredProduct } from './product.schema.ts';
export { readProduct, type ProductRow } from './read-product.ts';
