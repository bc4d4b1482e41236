export { RequestDryRun } from './dry-run/index.ts';
export { DueSurvey } from './due-survey.ts';
export { privacyRequestModel, privacyRequestSchema, requestKinds, type RequestKind } from './request.schema.ts';
export { RequestStore } from './request-store.ts';
export { RequestWorker } from './request-worker.ts';
export { Requests, type NewRequest } from './requests.ts';
export { RequestsController } from './requests.controller.ts';
export type { RequestView } from './request-view.ts';
export { stepProviders } from './steps/index.ts';
