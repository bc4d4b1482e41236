export { HealthModule } from './health.module.ts';
export { HealthService, type Probe, type Readiness } from './health.service.ts';
