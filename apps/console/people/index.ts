/** Whom a mail is looked at for. */
export { madeUp, type Person } from './person.ts';
export { PersonPicker } from './person-picker.tsx';
export { randomPerson, readPerson } from './find-people.ts';
export { Circumstances } from './circumstances.tsx';
export { noCircumstances, changesOf, eventOf, type Circumstance, type WhatIf } from './what-if.ts';
export { AudienceSelect } from './audience-select.tsx';
