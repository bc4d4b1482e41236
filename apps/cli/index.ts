/** What the demo shares with the command line: the API's client, and how runs are shown. */
export { ApiClient } from './api/api-client.ts';
export { ApiError } from './api/api-error.ts';
export type {
  ConnectionView,
  DryRowView,
  LedgerView,
  PreviewView,
  RejectView,
  RunView,
  SyncView,
} from './api/views.ts';
export { followRun } from './output/follow-run.ts';
export { effectsLine, ledgerLine } from './output/ledger-line.ts';
