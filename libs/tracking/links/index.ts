export { MadeTrackingLinkDto, MakeTrackingLinksDto, TrackedMailDto, TrackingLinksDto } from './tracking-link.dto.ts';
export { TrackingLinks, type FirstLinkListener, type LinkMaker } from './tracking-links.ts';
