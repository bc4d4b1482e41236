/** What the next rows of a sync would do, without doing it. */
export { DryRun } from './dry-run.tsx';
