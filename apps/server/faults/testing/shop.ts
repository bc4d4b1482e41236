/** People of a shop: every fiftieth has a second account with the same address. */
export function people(count: number, version = 1): object[] {
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    email: `p${i % 50 === 49 ? i - 1 : i}@shop.example`,
    firstName: `Ann ${i}`,
    city: version === 1 ? 'Rome' : `Rome ${version}`,
    updatedAt: time(i, version),
  }));
}

/** Their orders, with lines, in another order than the people. */
export function orders(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `A-${i}`,
    customer: count - i,
    total: i + 0.5,
    updatedAt: time(i, 1),
    items: Array.from({ length: 1 + (i % 3) }, (_, line) => ({ sku: `s${line}`, price: line + 1, pieces: i })),
  }));
}

function time(second: number, version: number): string {
  return new Date(Date.UTC(2026, 0, version) + second * 1_000).toISOString();
}
