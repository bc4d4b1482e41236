import { useEffect } from 'react';

/** What the browser calls the page: the thing, then what it is in. */
export function useTitle(...names: string[]): void {
  const title = [...names, 'Millrace'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
