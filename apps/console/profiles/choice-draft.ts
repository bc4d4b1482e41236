import type { Identity, Permission } from '../api/index.ts';

/** What somebody chose, as one fills it in. */
export interface ChoiceDraft {
  /** `<channel> <purpose>` */
  question: string;
  state: 'granted' | 'denied';
  /** Key; empty where only one can be meant. */
  identity: string;
  /** ISO text; empty: now. */
  at: string;
  source: string;
  evidence: string;
  wording: string;
}

/** Speaks for every purpose of a channel. */
const everything = 'all';
const kindOfChannel: Readonly<Record<string, string>> = { email: 'email', sms: 'phone', whatsapp: 'phone' };

/** What may be chosen: each purpose that is known, and every one of a channel; with how it is called. */
export function questionsOf(permissions: readonly Permission[]): [value: string, title: string][] {
  const channels = [...new Set(permissions.map(({ channel }) => channel))];
  const known = permissions.filter(({ purpose }) => purpose !== everything);
  return [
    ...known.map(({ channel, purpose }): [string, string] => [`${channel} ${purpose}`, `${channel} · ${purpose}`]),
    ...channels.map((channel): [string, string] => [`${channel} ${everything}`, `${channel} · everything`]),
  ];
}

export const newChoice = (questions: readonly [string, string][]): ChoiceDraft => ({
  ...{ question: questions[0]?.[0] ?? '', state: 'denied', identity: '', at: '' },
  ...{ source: '', evidence: '', wording: '' },
});

/** Whose choice it may be: one of them is asked for where there are several. */
export function fittingOf({ question }: ChoiceDraft, identities: readonly Identity[]): readonly Identity[] {
  const [channel = ''] = question.split(' ');
  const fitting = identities.filter(({ kind }) => kind === kindOfChannel[channel]);
  return fitting.length > 0 ? fitting : identities;
}

type Lacks = Partial<Record<keyof ChoiceDraft, string[]>>;

/** What has to be filled in still, by its field. */
export function lacksOf(draft: ChoiceDraft, identities: readonly Identity[]): Lacks {
  return {
    ...(draft.source.trim() === '' && { source: ['Say how they said it.'] }),
    ...(draft.evidence.trim() === '' && { evidence: ['Say what proves it.'] }),
    ...(draft.identity === '' &&
      fittingOf(draft, identities).length > 1 && { identity: ['Choose whose choice it is.'] }),
  };
}

/** As the API takes it. */
export function choiceBody(draft: ChoiceDraft, identities: readonly Identity[]): Record<string, unknown> {
  const [channel, purpose] = draft.question.split(' ');
  const [only] = fittingOf(draft, identities);
  const wording = draft.wording.trim();
  return {
    channel,
    purpose,
    state: draft.state,
    identity: draft.identity === '' ? only?.key : draft.identity,
    source: draft.source.trim(),
    evidence: { note: draft.evidence.trim() },
    ...(draft.at !== '' && { at: draft.at }),
    ...(wording !== '' && { wording }),
  };
}
