import type { ExceededLimit, LimitName } from '../preflight-limits/index.ts';

const subjects: Record<Exclude<LimitName, 'minimumPeople'>, string> = {
  errors: 'people have no mail',
  blanks: 'mails have a blank',
  fallbacks: 'mails show a fallback',
  oversize: 'mails are over 102 KB',
};

/** In words: "2.4 % of mails have a blank, 1 % at most are allowed". */
export function describeExceeded({ limit, allowed, found }: ExceededLimit): string {
  if (limit === 'minimumPeople') return `${found} people would be sent the mail, ${allowed} at least are wanted`;
  return `${percent(found)} of ${subjects[limit]}, ${percent(allowed)} at most are allowed`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value < 0.01 && value > 0 ? '<0.01' : Number(value.toFixed(2))} %`;
}
