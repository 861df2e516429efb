/** The house's mark: a line that has moved. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 font-semibold">
      <svg viewBox="0 0 20 16" className="h-4 w-5 stroke-accent" fill="none" strokeWidth="2" aria-hidden>
        <path d="m1.5 13.5 5-6.5 4.5 3.5 7.5-9" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Linewatch
    </span>
  );
}
