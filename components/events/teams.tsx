type TeamsProps = { readonly event: { readonly home: string; readonly away: string } };

/**
 * Who plays whom. Where both names do not fit, the second one gives way first, as a match is looked for by
 * its home team, but never wholly: one team alone names no match. Names are isolated, so
 * that one written from right to left does not reorder what stands beside it; so wherever a feed's words are shown.
 */
export function Teams({ event }: TeamsProps) {
  return (
    <span className="flex gap-[0.3em] font-semibold" title={`${event.home} v ${event.away}`}>
      <bdi className="max-w-[72%] shrink-0 truncate">{event.home}</bdi>
      <span className="shrink-0 font-normal text-secondary">v</span>
      <bdi className="truncate">{event.away}</bdi>
    </span>
  );
}
