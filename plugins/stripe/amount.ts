/** https://docs.stripe.com/currencies#special-cases */
const whole = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const thousandths = 'bhd jod kwd omr tnd'.split(' ');

/** An amount in the currency's main unit: Stripe counts in its smallest one. */
export function amountOf(amount: unknown, currency: unknown): number | undefined {
  if (typeof amount !== 'number' || typeof currency !== 'string') return undefined;
  const name = currency.toLowerCase();
  if (whole.includes(name)) return amount;
  return thousandths.includes(name) ? amount / 1_000 : amount / 100;
}
