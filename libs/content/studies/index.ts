/** Looking at the mails of many people in the background. */
export { Studies, type Study } from './studies.ts';
export { StudiedPeopleDto, studiedPeople, StudyDto, studyView } from './study.dto.ts';
export { StudyPeople } from './study-people.ts';
export { studyModel, studySchema, type StoredStudy } from './study.schema.ts';
