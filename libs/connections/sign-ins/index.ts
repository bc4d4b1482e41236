/** Signing in at vendors' pages, so that connections may act for somebody. */
export { CallbackController } from './callback.controller.ts';
export { signInModel, signInSchema } from './sign-in.schema.ts';
export { SignIns } from './sign-ins.ts';
export { SignInsController } from './sign-ins.controller.ts';
