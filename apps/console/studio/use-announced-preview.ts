import { useEffect, useRef } from 'react';
import { countOf, type PreviewState } from '../preview/index.ts';
import { useAnnounce } from '../ui/index.ts';

/** Says to screen readers that the preview is another one, and what it lacks. */
export function useAnnouncedPreview({ mail, problem }: PreviewState, person = 'nobody'): void {
  const announce = useAnnounce();
  const name = useRef(person);
  useEffect(() => {
    name.current = person;
  });
  useEffect(() => {
    if (!mail) return;
    const missing = countOf(mail.tokens, 'missing');
    const fallbacks = countOf(mail.tokens, 'fallback');
    announce(`Preview updated for ${name.current}: ${missing} missing, ${fallbacks} with a fallback.`);
  }, [announce, mail]);
  useEffect(() => {
    if (problem) announce(`No preview: ${problem.message}`);
  }, [announce, problem]);
}
