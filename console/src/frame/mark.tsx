/** The shop's mark: a ring with its stone. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <circle cx="16" cy="20" r="9" fill="none" stroke="var(--gold-line)" strokeWidth="2.6" />
      <path d="M10.5 5h11l3 3.5-8.5 6-8.5-6z" fill="var(--gold-line)" />
    </svg>
  );
}
