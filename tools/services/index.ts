/** MongoDB and Redis for the demo, the server at home and the tests. */
export { startServices, type ServiceOrigin, type Services, type ServicesOptions } from './start-services.ts';
export { mongodbKind, redisKind } from './embedded-kinds.ts';
export { EmbeddedServers, ownBinDir } from './embedded-servers.ts';
export { findPip } from './binaries/pip.ts';
export { freePort } from './process/free-port.ts';
export { superviseServer, type ServerCommand, type SupervisedServer } from './process/supervised-server.ts';
export { untilConnectable } from './process/until-connectable.ts';
