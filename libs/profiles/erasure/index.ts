export { ActivityEraser, type Activities } from './activity-eraser.ts';
export { OldActivity } from './old-activity.ts';
export { OrdersOfOthers } from './orders-of-others.ts';
export { OnceTogether } from './once-together.ts';
export { PeopleEraser } from './people-eraser.ts';
export { PeopleExporter, type ExportedItems } from './people-exporter.ts';
export { PeopleFinder } from './people-finder.ts';
export type { PersonSubject } from './person-subject.ts';
