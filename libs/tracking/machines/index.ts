export { judgeVisit, type Judgement, type Visit } from './judge-visit.ts';
export type { MachineReason } from './signs.ts';
