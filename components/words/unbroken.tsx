const NUMBER = String.raw`(?:< )?[−+]?\d[\d.,/]*%?`;
/** After these a number's unit, or the price that it went to, stands behind a plain space: text is searched and read by it. */
const MEASURE = new RegExp(
  String.raw`(${NUMBER} (?:h \d+ m|m \d+ s|(?:h|m|s|d|min|minutes?|seconds?|hours?|days?|pts|points?|times)\b|→ ${NUMBER}))`,
);

/** A text of which no line ends within a number with its unit, a span of time or a move from price to price. */
export function Unbroken({ children }: { readonly children: string }) {
  // What the pattern has found stands at the odd places.
  return children.split(MEASURE).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // The parts of a text have nothing but their places.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );
}
