export { Actions } from './actions.ts';
export { ClockCorrection } from './clock-correction.ts';
export { DispatchTicker } from './dispatch-ticker.ts';
export { Dispatcher } from './dispatcher.ts';
export { FiringWorker } from './firing-worker.ts';
export { Gate } from './gate.ts';
export { KeptPayloads } from './kept-payloads.ts';
export { PersonRecords } from './person-record.ts';
