export { HandOver, type HandOverPlan } from './hand-over.ts';
