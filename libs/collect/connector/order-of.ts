import { isObject } from '@millrace/sdk';
import type { Message } from '../messages/index.ts';

const statuses: Record<string, string> = {
  'order completed': 'completed',
  'order updated': 'updated',
  'order refunded': 'refunded',
  'order cancelled': 'cancelled',
};

/**
 * The order in a message of Segment's e-commerce specification (https://segment.com/docs/connections/spec/ecommerce/v2/); undefined where it is
 * about none, or does not name it.
 */
export function orderOf({ type, event, properties: told, timestamp }: Message): Record<string, unknown> | undefined {
  const properties = told ?? {}; // clients send null, too
  const status = type === 'track' && typeof event === 'string' ? statuses[event.trim().toLowerCase()] : undefined;
  const id = first(properties, 'order_id', 'orderId', 'id');
  if (status === undefined || id === undefined) return undefined;
  if (status === 'refunded' || status === 'cancelled') return { id, status };
  const { products } = properties;
  return {
    id,
    status,
    at: status === 'completed' ? timestamp : undefined,
    total: first(properties, 'total', 'revenue', 'value'),
    currency: properties.currency,
    ...(Array.isArray(products) && { lines: products.filter(isObject).map(lineOf) }),
  };
}

function lineOf(product: Record<string, unknown>): Record<string, unknown> {
  return {
    product: first(product, 'product_id', 'productId', 'id', 'sku'),
    name: product.name,
    quantity: product.quantity ?? 1,
    price: product.price,
    sku: product.sku,
    category: product.category,
    url: product.url,
    image: first(product, 'image_url', 'imageUrl'),
  };
}

function first(fields: Record<string, unknown>, ...names: string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined && value !== null && value !== '');
}
