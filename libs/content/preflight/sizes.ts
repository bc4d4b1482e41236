/** Sizes of many mails in a bounded space: buckets that are half a percent wide, so that quantiles are as exact as that. */
export interface Sizes {
  measured: number;
  min: number;
  max: number;
  /** Over what Gmail shows. */
  oversize: number;
  /** How many, by bucket. */
  buckets: Record<string, number>;
}

const width = Math.log(1.005);

export function noSizes(): Sizes {
  return { measured: 0, min: 0, max: 0, oversize: 0, buckets: {} };
}

export function addSize(sizes: Sizes, bytes: number, limit: number): void {
  sizes.min = sizes.measured === 0 ? bytes : Math.min(sizes.min, bytes);
  sizes.max = Math.max(sizes.max, bytes);
  sizes.measured += 1;
  if (bytes > limit) sizes.oversize += 1;
  const bucket = String(Math.round(Math.log(Math.max(1, bytes)) / width));
  sizes.buckets[bucket] = (sizes.buckets[bucket] ?? 0) + 1;
}

/** The size that a share of all mails does not exceed; null when none was measured. */
export function quantile({ measured, min, max, buckets }: Sizes, share: number): number | null {
  if (measured === 0) return null;
  let left = Math.ceil(measured * share);
  for (const bucket of Object.keys(buckets)
    .map(Number)
    .sort((a, b) => a - b)) {
    left -= buckets[bucket] ?? 0;
    if (left <= 0) return Math.min(max, Math.max(min, Math.round(Math.exp(bucket * width))));
  }
  return max;
}
