export { lazySchema } from './lazy-schema.ts';
