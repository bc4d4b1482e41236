/** Runs: each as it is, what became of its rows, and what an operator may do about it. */
export { Progress } from './progress.tsx';
export { deedsOfRun } from './run-deeds.ts';
export { RunRoom } from './run-room.tsx';
export { RunTable } from './run-table.tsx';
export { StateBadge } from './state-badge.tsx';
export { countText, durationText, isOfStream, lagText, momentText, rowsText, saidText } from './words.ts';
