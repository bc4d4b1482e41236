export { MailVisits, type VisitOutcome } from './mail-visits.ts';
export type { Visitor } from './visitor.ts';
