export { LandedPeople, type LandedPage, type LandedSubject } from './landed-people.ts';
export { landedTexts } from './marked-texts.ts';
