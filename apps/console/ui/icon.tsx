/** Line drawings on a grid of 16. */
const paths = {
  back: 'M9.5 3.5 5 8l4.5 4.5',
  close: 'm4 4 8 8M12 4l-8 8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14',
  dice: 'M3 3h10v10H3zM6 6h.01M10 6h.01M8 8h.01M6 10h.01M10 10h.01',
  desktop: 'M2 3h12v8H2zM6 14h4M8 11v3',
  mobile: 'M5 1.5h6v13H5zM7.5 12.5h1',
  dark: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  images: 'M2 3h12v10H2zM2.5 11.5 6 8l3 3 2-2 2.5 2.5M10.5 6h.01',
  plus: 'M8 3v10M3 8h10',
  history: 'M3 8a5 5 0 1 0 1.6-3.7L3 5.5M3 2.5v3h3M8 5v3l2 1.5',
  save: 'M3 3h8l2 2v8H3zM5.5 3v3.5h4V3M5.5 13V9.5h5V13',
  flight: 'M14 2 7 9M14 2 9.5 14 7 9 2 6.5z',
  publish: 'M8 11V3M4.5 6 8 2.5 11.5 6M3 13.5h10',
  signOut: 'M6.5 3H3v10h3.5M7 8h7M11 5l3 3-3 3',
  sliders: 'M2 5h7M13 5h1M2 11h1M7 11h7M9 3v4M5 9v4',
  open: 'M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13.5 2.5 7.5 8.5',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  warning: 'M8 2 1.5 13.5h13zM8 6.5v3.5M8 12h.01',
  send: 'M2.5 3.5 14 8 2.5 12.5 4.5 8zM4.5 8H9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  play: 'M5 3v10l8-5z',
  pause: 'M5.5 3v10M10.5 3v10',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7L13 5.5M13 2.5v3h-3',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
