export { KnownWriteKeys, type SendingSource } from './known-write-keys.ts';
export { sourceModel, sourceSchema } from './source.schema.ts';
export { SourcesController } from './sources.controller.ts';
export { writeKeyIn } from './write-key-in.ts';
export { Sources } from './sources.ts';
