import type { Explanation } from '../../contracts/alert.ts';
import { inputWords } from '../words/input-words.ts';

/** Why it fired: the rule in a sentence, then what went into it. */
export function Why({ explanation }: { readonly explanation: Explanation }) {
  const inputs = Object.entries(explanation.severityInputs).map(([name, value]) => inputWords(name, value));
  const thresholds = Object.entries(explanation.thresholds).map(([name, value]) => inputWords(name, value));
  return (
    <section aria-labelledby="why-heading">
      <p className="text-pretty text-secondary">
        <strong id="why-heading" className="font-semibold text-ink">
          Why:
        </strong>{' '}
        {explanation.rule}
      </p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-quiet">
        {inputs.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-secondary">{name}</dt>
            <dd className="text-right break-words">{value}</dd>
          </div>
        ))}
        <div className="contents">
          <dt className="text-secondary">Thresholds in force</dt>
          <dd className="text-right text-pretty">
            {thresholds.map(({ name, value }) => `${name.toLowerCase()} ${value}`).join(' · ')}
          </dd>
        </div>
      </dl>
    </section>
  );
}
