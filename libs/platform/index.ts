/** What every other lib stands on: settings, logs, errors, crypto, guarded network and files, MongoDB, Redis, HTTP manners. */
export * from './settings/index.ts';
export * from './log/index.ts';
export * from './errors/index.ts';
export * from './crypto/index.ts';
export * from './ids/index.ts';
export * from './texts/index.ts';
export * from './versions/index.ts';
export * from './network/index.ts';
export * from './files/index.ts';
export * from './mongo/index.ts';
export * from './redis/index.ts';
export * from './http/index.ts';
export * from './health/index.ts';
export * from './lifecycle/index.ts';
export * from './work/index.ts';
export * from './migrations/index.ts';
export * from './telemetry/index.ts';
export { PlatformModule } from './platform.module.ts';
