export { shutdownOnSignals, type ShutdownOptions } from './shutdown.ts';
export { Regularly } from './regularly.ts';
