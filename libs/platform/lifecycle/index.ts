export { shutdownOnSignals, type ShutdownOptions } from './shutdown.ts';
export { Remembered } from './remembered.ts';
export { Regularly } from './regularly.ts';
