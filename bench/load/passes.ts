/** Seconds that the same rows take: for the first time, again as they are, and with every tenth changed. */
export interface Passes {
  first: number;
  unchanged: number;
  tenPercent: number;
}

export const passNames = ['first', 'unchanged', 'tenPercent'] as const satisfies (keyof Passes)[];
