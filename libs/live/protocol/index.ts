export { clientSchemas, idIn, readClientMessage, type ClientMessage } from './client-message.ts';
export * from './limits.ts';
export { serverSchemas, type ServerMessage, type ToldChange } from './server-message.ts';
