/** The mail as one person would get it. */
export { PreviewPane } from './preview-pane.tsx';
export { countOf } from './token-state.ts';
export { usePreview, type PreviewState, type PreviewRequest } from './use-preview.ts';
