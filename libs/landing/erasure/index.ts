export { LandedPeople, type LandedPage, type LandedSubject } from './landed-people.ts';
