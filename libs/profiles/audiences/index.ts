export { AudienceTrial } from './audience-trial.ts';
export { AudiencesController } from './audiences.controller.ts';
export { Audiences } from './audiences.ts';
export { MembersController } from './members.controller.ts';
