import { afterJudgement, compareVersions, judge, type Judgement } from '#platform';
import type { ConsentStatement } from './consent.schema.ts';

/** The time of an undated "granted": a denial may be dated 1900, or even the year 1. */
export const beforeEveryTime = -8.64e15;

/** A consent remembers so many records' statements; older ones that do not count are forgotten. */
export const mostStatements = 32;

/**
 * The statement that counts: the newest explicit choice. An undated "granted" is older than everything, an undated "denied" as old as its first
 * sight; of two choices of one moment the denial wins. The order in which they arrived says nothing.
 */
export function winnerOf(said: readonly ConsentStatement[]): ConsentStatement | undefined {
  let winner: ConsentStatement | undefined;
  for (const statement of said) if (!winner || compareVersions(statement, winner) > 0) winner = statement;
  return winner;
}

/** Puts a statement in the place of the former one of its record, if it is newer. */
export function addStatement(
  said: readonly ConsentStatement[],
  statement: ConsentStatement,
  undated = false,
): { said: readonly ConsentStatement[]; judgement: Judgement } {
  const known = said.find(({ k }) => k === statement.k);
  const judgement = judge(statement, known, undated);
  const kept = afterJudgement(judgement, statement, known);
  if (kept === known) return { said, judgement };
  const others = said.filter(({ k }) => k !== statement.k);
  const newestFirst = [...others, kept].sort((x, y) => compareVersions(y, x));
  return { said: newestFirst.slice(0, mostStatements), judgement };
}
