import type { PreflightSummary, TallyCount } from '../api/index.ts';

export function isOpen({ state }: Pick<PreflightSummary, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

/** In a word how it went. */
export function resultText({ state, gate }: Pick<PreflightSummary, 'state' | 'gate'>): string {
  if (state === 'done') return gate.state === 'passed' ? 'passed' : 'exceeds limits';
  return state;
}

/** "everybody", or the audience. */
export function whomText({ audience }: Pick<PreflightSummary, 'audience'>): string {
  return audience ?? 'everybody';
}

export function leftText(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 60) return `about ${Math.max(1, seconds)} s left`;
  return `about ${Math.ceil(seconds / 60)} min left`;
}

/** "2.4 %" */
export function percent(part: number, all: number): string {
  if (all === 0 || part === 0) return '0 %';
  const share = (part / all) * 100;
  return share < 0.1 ? '<0.1 %' : `${Number(share.toFixed(1))} %`;
}

export function kilobytes(bytes: number | null): string {
  if (bytes === null) return '–';
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}

const codes: Record<string, string | undefined> = {
  no_consent: 'no consent is known',
  denied: 'they refused',
  restricted: 'restricted',
  erased: 'erased',
  no_address: 'no address for the channel',
  skipped: 'the template skips them',
  blank_greeting: 'a greeting without a name',
  empty_subject: 'an empty subject',
  literal_braces: 'braces as they are, {{ or }}',
  object_as_text: '[object Object]',
  unsafe_link: 'a link that mail clients block, such as javascript:',
  missing_string: 'a text that no language has',
  missing_entry: 'an entry that is not there',
  template_failed: 'the template cannot be rendered',
  template_timeout: 'the template takes too long',
  template_too_large: 'the mail is too large',
};

/** What a code means. */
export function codeText(code: TallyCount['code']): string {
  return codes[code] ?? code.replaceAll('_', ' ');
}
