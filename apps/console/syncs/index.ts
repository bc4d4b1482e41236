/** The operator's room: what runs, and how it is steered. */
export { Syncs } from './syncs.tsx';
