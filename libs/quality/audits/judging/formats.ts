export const formats = ['email', 'phone', 'date', 'country', 'number', 'currency'] as const;
export type Format = (typeof formats)[number];

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Whether a value is of a format. What is absent has none to be of. */
export const isOfFormat: Readonly<Record<Format, (value: unknown) => boolean>> = {
  email: (value) =>
    typeof value === 'string' &&
    value.length <= 254 &&
    /^[^\s@"<>(),;:\\]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){1,8}$/.test(value),
  phone: (value) => {
    if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 1_000;
    if (typeof value !== 'string' || !/^\+?[\d\s()./-]+$/.test(value.trim())) return false;
    const digits = value.replace(/\D/g, '').length;
    return digits >= 4 && digits <= 15; // E.164
  },
  date: (value) => typeof value === 'string' && isDate(value),
  country: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value) && regions.of(value) !== undefined,
  number: (value) => typeof value === 'number',
  currency: (value) => typeof value === 'string' && currencies.has(value),
};

/** An ISO date or time of a day that exists: JavaScript takes 31 February for 2 March. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ]\d{2}:\d{2})/.exec(text) ?? [];
  if (year === undefined || Number(year) < 1900 || Number(year) > 2100) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
