import type { Permission } from './permission.ts';

/** Why somebody may be written to or not, as a sentence's end: "no consent for marketing by email is known". */
export function describePermission({ channel, purpose, reason, identity, at, source, origin }: Permission): string {
  const when = at === undefined ? 'at a time that is not known' : `on ${at}`;
  const told = source ?? (origin && `${origin.connection}/${origin.stream}`);
  const choice = `${identity ?? ''} ${when}${told === undefined ? '' : ` (source: ${told})`}`;
  switch (reason) {
    case 'granted':
      return `${purpose} by ${channel} was granted by ${choice}`;
    case 'denied':
      return `${purpose} by ${channel} was denied by ${choice}`;
    case 'no_consent':
      return `no consent for ${purpose} by ${channel} is known, and this purpose needs one`;
    case 'not_refused':
      return `nobody has refused ${purpose} by ${channel}`;
    case 'not_needed':
      return `${purpose} needs no consent`;
    case 'restricted':
      return "the use of this person's data is restricted";
    case 'erased':
      return 'the person was erased on request';
  }
}
