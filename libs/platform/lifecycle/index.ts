export { shutdownOnSignals, type ShutdownOptions } from './shutdown.ts';
export { endOnUnhandled } from './unhandled.ts';
export { isStillGood } from './still-good.ts';
export { Remembered } from './remembered.ts';
export { RememberedByKey } from './remembered-by-key.ts';
export { clockTolerance, ClockWatch } from './clock-watch.ts';
export { Regularly } from './regularly.ts';
