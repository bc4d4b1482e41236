/** Millrace's mark: water that runs. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Millrace">
      <rect width="32" height="32" rx="7" fill="#0b5d58" />
      <g fill="none" stroke="#f4f3ee" strokeWidth="2.6" strokeLinecap="round">
        <path d="M6 11c4-4 6-4 10 0s6 4 10 0" />
        <path d="M6 17c4-4 6-4 10 0s6 4 10 0" opacity=".75" />
        <path d="M6 23c4-4 6-4 10 0s6 4 10 0" opacity=".45" />
      </g>
    </svg>
  );
}
