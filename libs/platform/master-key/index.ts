export { MasterKeyModule } from './master-key.module.ts';
