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
  /** The person was and stays a member: a merge only made it another profile's membership. */
  merged?: true;
}

/** Audiences whose changes are not the person's doing. */
export interface Unfelt {
  /** Their definition is being brought to everybody. */
  defined?: ReadonlySet<string>;
  /** Another profile of the same person is or was a member. */
  merged?: ReadonlySet<string>;
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

/** From one membership to another. */
export function membershipChanges(
  before: readonly string[],
  after: readonly string[],
  brought: Pick<MembershipChange, 'v' | 'at'>,
  unfelt?: Unfelt,
): MembershipChange[] {
  const entered = before.length === 0 ? after : after.filter((audience) => !before.includes(audience));
  const left = before.filter((audience) => !after.includes(audience));
  if (!unfelt) return changeOf(entered, left, brought);
  return ([undefined, 'defined', 'merged'] as const).flatMap((mark) => {
    const isMarked = (audience: string): boolean => markOf(audience, unfelt) === mark;
    return changeOf(entered.filter(isMarked), left.filter(isMarked), { ...brought, ...(mark && { [mark]: true }) });
  });
}

function markOf(audience: string, { defined, merged }: Unfelt): keyof Unfelt | undefined {
  if (defined?.has(audience)) return 'defined';
  return merged?.has(audience) ? 'merged' : undefined;
}

function changeOf(
  entered: readonly string[],
  left: string[],
  brought: Pick<MembershipChange, 'v' | 'at' | keyof Unfelt>,
): MembershipChange[] {
  if (entered.length + left.length === 0) return [];
  return [{ audiences: [...entered, ...left], ...(left.length > 0 && { left }), ...brought }];
}
