/** Shares are of 1: 0.01 is one person in a hundred. */
export interface PreflightLimits {
  /** Share of people whose mail cannot be composed, at most. */
  errors: number;
  /** Share of mails that miss a token without a fallback, at most. */
  blanks: number;
  /** Share of mails that show a fallback, at most. */
  fallbacks: number;
  /** Share of mails that Gmail would cut off, at most. */
  oversize: number;
  /** People who would be sent the mail, at least. */
  minimumPeople: number;
  /** Hours for which a preflight counts. */
  maximumAgeHours: number;
}

/** Those that a preflight can exceed. */
export type LimitName = Exclude<keyof PreflightLimits, 'maximumAgeHours'>;

export const usualLimits: PreflightLimits = {
  errors: 0.001,
  blanks: 0.01,
  fallbacks: 0.8,
  oversize: 0.01,
  minimumPeople: 1,
  maximumAgeHours: 24,
};

/** Limits as somebody gives them, maybe with the edition that they were made from. */
export type GivenLimits = Partial<PreflightLimits> & { edition?: number };

/** Only the limits, without those that are not said; undefined where none is. */
export function saidLimits(limits: GivenLimits | undefined): Partial<PreflightLimits> | undefined {
  const said = Object.entries(limits ?? {}).filter(
    ([name, value]) => value !== undefined && Object.hasOwn(usualLimits, name),
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** What is not said is as usual. */
export function withUsualLimits(...said: (Partial<PreflightLimits> | undefined)[]): PreflightLimits {
  return said.reduce<PreflightLimits>((known, limits) => ({ ...known, ...saidLimits(limits) }), usualLimits);
}
