import { type ReactNode, useId } from 'react';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { SEVERITY_WORDS } from '../words/market-words.ts';
import { type EditorProps, partsOf, withPart } from './editor-props.ts';
import { NumberBox } from './number-box.tsx';

/** One number. */
export function NumberEditor({ value, onChange, labelledBy, describedBy, unit, faultOf }: EditorProps) {
  return (
    <NumberBox
      value={value}
      unit={unit}
      labelledBy={labelledBy}
      describedBy={describedBy}
      isFaulty={faultOf('') !== undefined}
      onChange={onChange}
    />
  );
}

type PartProps = Pick<EditorProps, 'value' | 'onChange' | 'describedBy' | 'faultOf' | 'unit'> & {
  readonly part: string;
  readonly label: string;
  readonly mark?: ReactNode;
};

function Part({ value, onChange, describedBy, faultOf, unit, part, label, mark }: PartProps) {
  const id = useId();
  const fault = faultOf(part);
  return (
    <span className="flex min-w-0 flex-col gap-1">
      <span id={`${id}-label`} className="flex items-center gap-1.5 text-quiet whitespace-nowrap text-secondary">
        {mark}
        {label}
      </span>
      <NumberBox
        value={partsOf(value)[part]}
        unit={unit}
        labelledBy={`${id}-label`}
        describedBy={fault === undefined ? describedBy : `${id}-fault ${describedBy}`}
        isFaulty={fault !== undefined}
        onChange={(next) => onChange(withPart(value, part, next))}
      />
      {fault !== undefined && (
        <span id={`${id}-fault`} className="text-quiet text-critical-ink">
          {fault}
        </span>
      )}
    </span>
  );
}

/** A threshold for each severity, the mildest first. */
export function BandsEditor(props: EditorProps) {
  return (
    <div role="group" aria-labelledby={props.labelledBy} className="grid w-full grid-cols-3 gap-x-2">
      {SEVERITIES.map((severity) => (
        <Part
          key={severity}
          {...props}
          part={severity}
          label={SEVERITY_WORDS[severity]}
          mark={<SeverityMark severity={severity} silent className="size-3" />}
        />
      ))}
    </div>
  );
}

type PartsEditorProps = EditorProps & {
  readonly parts: Readonly<Record<string, { readonly label: string; readonly unit: string }>>;
};

/** Several numbers that belong together. */
export function PartsEditor({ parts, ...props }: PartsEditorProps) {
  return (
    <div role="group" aria-labelledby={props.labelledBy} className="grid w-full grid-cols-3 gap-x-2">
      {Object.entries(parts).map(([part, { label, unit }]) => (
        <Part key={part} {...props} part={part} label={label} unit={unit} />
      ))}
    </div>
  );
}
