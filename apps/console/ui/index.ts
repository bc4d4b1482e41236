/** What every room is made of. */
export { AnnouncerProvider, useAnnounce, useAnnounced } from './announcer.tsx';
export { Badge, type Tone } from './badge.tsx';
export { Boundary } from './boundary.tsx';
export { Button } from './button.tsx';
export { Dialog } from './dialog.tsx';
export { hasWords } from './has-words.ts';
export { Icon, type IconName } from './icon.tsx';
export { ListRoom } from './list-room.tsx';
export { Mark } from './mark.tsx';
export { Notice } from './notice.tsx';
export { RawRecord } from './raw-record.tsx';
export { RoomHeading } from './room-heading.tsx';
export { SearchField } from './search-field.tsx';
export { Switch } from './switch.tsx';
export { Tabs } from './tabs.tsx';
export { timeAgo } from './time-ago.ts';
export { useTitle } from './use-title.ts';
export { useSearch, type Search } from './use-search.ts';
