import type { Consent, Permission } from '../api/index.ts';

/** What proves the choice that a permission comes from, to be read; undefined: nothing is known. */
export function proofOf(permission: Permission, consents: readonly Consent[]): string | undefined {
  const choice = consents.find((consent) => isOf(consent, permission));
  if (!choice) return undefined;
  const { evidence, wording } = choice;
  const parts = [wording && `Wording: ${wording}`, evidence === undefined ? '' : evidenceText(evidence)];
  return parts.filter(Boolean).join('\n\n') || undefined;
}

function isOf(consent: Consent, { identity, channel, purpose, at, source }: Permission): boolean {
  const speaksOf = consent.channel === channel && [purpose, 'all'].includes(consent.purpose);
  return speaksOf && consent.identity === identity && consent.at === at && consent.source === source;
}

/** A text as it was written, whether it is all that there is or the only note; anything else as JSON, a line each. */
function evidenceText(evidence: unknown): string {
  if (typeof evidence === 'string') return evidence;
  const entries = Object.entries(evidence ?? {});
  const [[name, note] = []] = entries;
  if (entries.length === 1 && name === 'note' && typeof note === 'string') return note;
  return JSON.stringify(evidence, undefined, 2);
}
