/** The lint over HTTP. */
export { LintController } from './lint.controller.ts';
export { LintService } from './lint.service.ts';
