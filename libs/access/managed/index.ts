/** Who made what, so that configuration as code removes only its own. */
export { managedModel, managedSchema } from './managed.schema.ts';
export { ManagedInterceptor } from './managed.interceptor.ts';
export { ManagedResources } from './managed-resources.ts';
export { ManagedResourcesController } from './managed.controller.ts';
