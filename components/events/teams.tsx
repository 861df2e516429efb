type TeamsProps = { readonly event: { readonly home: string; readonly away: string } };

/** Who plays whom. Where both names do not fit, both give way: one team alone names no match. */
export function Teams({ event }: TeamsProps) {
  return (
    <span className="flex gap-[0.3em] font-semibold" title={`${event.home} v ${event.away}`}>
      <span className="truncate">{event.home}</span>
      <span className="shrink-0 font-normal text-secondary">v</span>
      <span className="truncate">{event.away}</span>
    </span>
  );
}
