/** Connections: what is connected, how it is, and what it offers. */
export { Connections } from './connections.tsx';
