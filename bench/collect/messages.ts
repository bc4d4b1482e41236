import { randomUUID } from 'node:crypto';

/** A track event as web sites send them, of about 500 bytes. */
export function trackMessage(n: number): object {
  return {
    type: 'track',
    event: 'Product Viewed',
    messageId: randomUUID(),
    userId: `user-${n % 5_000}`,
    timestamp: new Date().toISOString(),
    properties: { product_id: `P-${n % 977}`, category: 'Shoes', price: 49.9, currency: 'EUR', position: n % 20 },
    context: {
      library: { name: 'bench', version: '1.0.0' },
      page: { url: 'https://shop.example.com/products/shoes', title: 'Shoes', referrer: 'https://shop.example.com/' },
      userAgent: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/130 Safari/537.36',
    },
  };
}

export function batchOf(size: number, first: number): object {
  const batch = Array.from({ length: size }, (_, i) => trackMessage(first + i));
  return { batch, sentAt: new Date().toISOString() };
}
