/** Two ends and the line between them: a call put through. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#4f4fc4" />
      <circle cx="9" cy="12" r="3" fill="#fff" />
      <circle cx="23" cy="20" r="3" fill="#fff" />
      <path d="M10 11.5c7 0 5 9 12 9" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
