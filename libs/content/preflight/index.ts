/** Composing for a whole audience without sending, and the gate that mails have to pass. */
export { exampleModel, exampleSchema } from './example.schema.ts';
export { Examples as PreflightExamples } from './examples.ts';
export { GateController } from './gate.controller.ts';
export { addresseeOf, NotSent } from './not-sent.ts';
export { PageReader } from './page-reader.ts';
export { PreflightGate, type GateVerdict } from './preflight-gate.ts';
export { PreflightProgress } from './preflight-progress.ts';
export { PreflightTicker } from './preflight-ticker.ts';
export { PreflightViews } from './preflight-views.ts';
export { PreflightWorker } from './preflight-worker.ts';
export { preflightModel, preflightSchema } from './preflight.schema.ts';
export { RenderProcesses } from './render-processes.ts';
export { Preflights, type PreflightRequest } from './preflights.ts';
export { PreflightsController } from './preflights.controller.ts';
