export { carryOn, type CarryOnOptions, type ResumableWork, type WorkEnd } from './resumable-work.ts';
