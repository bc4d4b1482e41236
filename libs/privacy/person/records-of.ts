import type { ActivityEraser, PersonSubject } from '#profiles';

/** The source records of a person and of their events and orders, in pages; one may come several times. */
export async function* recordsOf(
  activities: ActivityEraser,
  subject: PersonSubject,
): AsyncGenerator<readonly string[]> {
  yield subject.records;
  yield* activities.records(subject);
}
