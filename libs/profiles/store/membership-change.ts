/** Audiences that somebody entered and left at once. */
export interface MembershipChange {
  /** Slugs, each once. */
  audiences: string[];
  /** Those of them that were left; absent: none. The others were entered. */
  left?: string[];
  /** The version of the profile that brought it. */
  v: number;
  at: Date;
  /** The audiences' definitions changed, not the person. */
  defined?: true;
}

/** Whether an audience of a change was entered. */
export function isEntered({ left }: Pick<MembershipChange, 'left'>, audience: string): boolean {
  return !left?.includes(audience);
}

/** Names one audience's change of one person for good. */
export function changeKey(profile: string, v: number, audience: string): string {
  return `${changeKeyStart(profile)}${v}|${audience}`;
}

/** How the keys of all changes of one person begin, and no others. */
export function changeKeyStart(profile: string): string {
  return `${profile}|`;
}

/** From one membership to another. `defined`: audiences whose definition is being brought to everybody. */
export function membershipChanges(
  before: readonly string[],
  after: readonly string[],
  brought: Pick<MembershipChange, 'v' | 'at'>,
  defined?: ReadonlySet<string>,
): MembershipChange[] {
  const entered = before.length === 0 ? after : after.filter((audience) => !before.includes(audience));
  const left = before.filter((audience) => !after.includes(audience));
  if (!defined) return changeOf(entered, left, brought);
  const ofDefined = (audience: string): boolean => defined.has(audience);
  const ofPerson = (audience: string): boolean => !defined.has(audience);
  return [
    ...changeOf(entered.filter(ofPerson), left.filter(ofPerson), brought),
    ...changeOf(entered.filter(ofDefined), left.filter(ofDefined), { ...brought, defined: true }),
  ];
}

function changeOf(
  entered: readonly string[],
  left: string[],
  brought: Pick<MembershipChange, 'v' | 'at' | 'defined'>,
): MembershipChange[] {
  if (entered.length + left.length === 0) return [];
  return [{ audiences: [...entered, ...left], ...(left.length > 0 && { left }), ...brought }];
}
