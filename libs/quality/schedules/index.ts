/** When audits and data maps are due. */
export { PutQualityScheduleDto, QualityScheduleDto, wantedSchedule } from './quality-schedule.dto.ts';
export { qualityScheduleModel, qualityScheduleSchema, type QualitySchedule } from './quality-schedule.schema.ts';
export { QualitySchedules } from './quality-schedules.ts';
