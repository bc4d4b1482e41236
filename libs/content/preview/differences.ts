import type { PreviewedMail } from './previewed-mail.ts';

/** An input of a mail: `block:footer` and `feed:news` name which. */
export type PreviewInput =
  'template' | `block:${string}` | 'profile' | 'clock' | 'locale' | 'strings' | `feed:${string}`;

/** A piece of a text: in both mails, only in the first, or only in the second. */
export interface DifferentText {
  in: 'both' | 'a' | 'b';
  text: string;
}

export interface PreviewDifferences {
  /** The mails are the same, to the last letter. */
  same: boolean;
  /** The inputs that are not the same; with none of them the mails are the same too. */
  changed: PreviewInput[];
  /** Only of what differs. */
  differences: Partial<Record<'subject' | 'preheader' | 'fromName' | 'text' | 'html', DifferentText[]>>;
}

/** Letters of HTML that are compared line by line at most: what is beyond is told as one change. */
const mostCompared = 200_000;
const wholeMs = 300;

/** What differs between two previews, and which inputs explain it. */
export async function differencesOf(a: PreviewedMail, b: PreviewedMail): Promise<PreviewDifferences> {
  const { diffLines, diffWords } = await import('diff');
  type Pieces = { value: string; added?: boolean; removed?: boolean }[] | undefined;
  const told = (before: string, after: string, pieces: Pieces): DifferentText[] =>
    pieces?.map(({ value, added, removed }) => ({ in: added ? 'b' : removed ? 'a' : 'both', text: value })) ?? [
      { in: 'a', text: before },
      { in: 'b', text: after },
    ];
  const words = (before = '', after = ''): DifferentText[] =>
    told(before, after, diffWords(before, after, { timeout: wholeMs }));
  const lines = (before: string, after: string): DifferentText[] =>
    told(
      before,
      after,
      before.length + after.length > mostCompared ? undefined : diffLines(before, after, { timeout: wholeMs }),
    );
  return {
    same: a.hash === b.hash,
    changed: changedInputs(a, b),
    differences: {
      ...(a.subject !== b.subject && { subject: words(a.subject, b.subject) }),
      ...(a.preheader !== b.preheader && { preheader: words(a.preheader, b.preheader) }),
      ...(a.fromName !== b.fromName && { fromName: words(a.fromName, b.fromName) }),
      ...(a.text !== b.text && { text: lines(a.text, b.text) }),
      ...(a.html !== b.html && { html: lines(a.html, b.html) }),
    },
  };
}

function changedInputs({ versions: a }: PreviewedMail, { versions: b }: PreviewedMail): PreviewInput[] {
  return [
    ...(a.parts === b.parts ? [] : (['template'] as const)),
    ...differing(a.blocks, b.blocks).map((slug) => `block:${slug}` as const),
    ...(isSamePerson(a.person, b.person) ? [] : (['profile'] as const)),
    ...(a.clock === b.clock ? [] : (['clock'] as const)),
    ...(a.locale === b.locale ? [] : (['locale'] as const)),
    ...(a.locale === b.locale && a.strings !== b.strings ? (['strings'] as const) : []),
    ...differing(a.feeds, b.feeds).map((slug) => `feed:${slug}` as const),
  ];
}

/** In the pieces that both mails looked at. */
function isSamePerson(a: Record<string, string>, b: Record<string, string>): boolean {
  return Object.entries(a).every(([piece, hash]) => b[piece] === undefined || b[piece] === hash);
}

/** The slugs of what only one has, or what has another hash. */
function differing(a: { slug: string; hash: string }[], b: { slug: string; hash: string }[]): string[] {
  const slugs = [...new Set([...a, ...b].map(({ slug }) => slug))];
  const hashIn = (list: typeof a, slug: string): string | undefined => list.find((one) => one.slug === slug)?.hash;
  return slugs.filter((slug) => hashIn(a, slug) !== hashIn(b, slug));
}
