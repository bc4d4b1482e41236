import { afterJudgement, compareVersions, judge, type Judgement } from '#platform';
import type { ConsentStatement } from './consent.schema.ts';

/** The time of an undated "granted": a denial may be dated 1900, or even the year 1. */
export const beforeEveryTime = -8.64e15;

/** A consent remembers so many records' statements; older ones that do not count are forgotten. */
export const mostStatements = 32;

/**
 * The statement that counts: the newest explicit choice. An undated "granted" is older than everything, an undated "denied" as old as its first
 * sight since its record last said "granted"; of two choices of one moment the denial wins. The order in which they arrived says nothing.
 */
export function winnerOf(said: readonly ConsentStatement[]): ConsentStatement | undefined {
  let winner: ConsentStatement | undefined;
  for (const statement of said) if (!winner || compareVersions(statement, winner) > 0) winner = statement;
  return winner;
}

/**
 * Puts a statement in the place of the former one of its record, if it is newer.
 *
 * @param seen ISO time at which the record said so
 */
export function addStatement(
  said: readonly ConsentStatement[],
  statement: ConsentStatement,
  undated = false,
  seen?: string,
): { said: readonly ConsentStatement[]; judgement: Judgement } {
  const known = said.find(({ k }) => k === statement.k);
  const judgement = isDeniedAgain(statement, known) ? 'replace' : judge(statement, known, undated);
  const kept =
    known && judgement === 'older' ? takenBack(known, statement, seen) : afterJudgement(judgement, statement, known);
  if (kept === known) return { said, judgement };
  const others = said.filter(({ k }) => k !== statement.k);
  const newestFirst = [...others, kept].sort((x, y) => compareVersions(y, x));
  return { said: newestFirst.slice(0, mostStatements), judgement };
}

/** Of an undated denial nothing else tells that it is not the one that was seen before. */
function isDeniedAgain({ h, a }: ConsentStatement, known: ConsentStatement | undefined): boolean {
  return known?.grantedSince !== undefined && h === known.h && a > known.grantedSince.getTime();
}

/** An undated denial whose record says "granted" since: that does not win, but is remembered. */
function takenBack(known: ConsentStatement, { state }: ConsentStatement, seen: string | undefined): ConsentStatement {
  const isUndatedDenial = known.state === 'denied' && known.at === undefined;
  if (!isUndatedDenial || known.grantedSince || state !== 'granted' || seen === undefined) return known;
  const grantedSince = new Date(seen);
  return grantedSince.getTime() > known.a ? { ...known, grantedSince } : known;
}
