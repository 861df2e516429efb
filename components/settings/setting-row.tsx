import { useId, useState } from 'react';
import { isSame } from '../../contracts/settings-changes.ts';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { Button } from '../ui/button.tsx';
import { changeKey } from './draft-changes.ts';
import { useSettingsForm } from './form-context.ts';
import { numberHint } from './number-text.ts';
import { inherited, isSameScope, scopeWords, standing, withField, withoutField } from './scope.ts';
import { SettingEditor } from './setting-editor.tsx';
import { type SettingWords, SETTINGS } from './setting-words.ts';
import { valueWords } from './value-words.ts';

const DEFAULTS: Readonly<Record<string, unknown>> = DEFAULT_SETTINGS;

/** One setting: what it is, what it costs, its inputs, and the ways back. */
export function SettingRow({ name }: { readonly name: string }) {
  const words = SETTINGS[name];
  return words === undefined ? null : <Row name={name} words={words} />;
}

function Row({ name, words }: { readonly name: string; readonly words: SettingWords }) {
  const { state, store, scope, faults, showsAll } = useSettingsForm();
  const [isTyping, setIsTyping] = useState(false);
  const id = useId();
  const { value, from } = standing(state.draft, scope, name);
  const isOwn = isSameScope(from, scope);
  const change = state.changes.find((each) => changeKey(each) === changeKey({ scope, field: name }));

  const own = faults.filter((fault) => fault.field === name && isSameScope(fault.scope, scope));
  // Nobody is told off in the middle of a word.
  const shown = showsAll || !isTyping ? own : [];
  const whole = shown.filter((fault) => fault.part.length === 0 || words.editor.kind === 'markets');
  const isWhole = whole.length > 0;
  const texts = [`${id}-about`, `${id}-ways`, ...(isWhole ? [`${id}-fault`] : [])].join(' ');

  return (
    <div
      data-setting={name}
      onFocus={(event) => setIsTyping(event.target instanceof HTMLInputElement)}
      onBlur={() => setIsTyping(false)}
      className="grid gap-x-10 gap-y-2.5 border-t py-4 @3xl:grid-cols-[minmax(0,1fr)_minmax(0,23rem)]"
    >
      <div>
        <p className="flex items-baseline gap-2 font-medium">
          <span id={`${id}-label`}>{words.label}</span>
          {change !== undefined && (
            <span className="rounded-sm bg-selected px-1.5 text-quiet font-normal text-accent">unsaved</span>
          )}
        </p>
        <p id={`${id}-about`} className="mt-0.5 max-w-[34rem] text-quiet text-secondary">
          {words.about} {words.cost}
        </p>
      </div>
      <div
        tabIndex={isWhole ? -1 : undefined}
        data-faulty={isWhole || undefined}
        className="flex min-w-0 flex-col items-start gap-1.5"
      >
        {isOwn ? (
          <SettingEditor
            editor={words.editor}
            value={value}
            onChange={(next) => store.edit((draft) => withField(draft, scope, name, next))}
            labelledBy={`${id}-label`}
            describedBy={texts}
            faultOf={(part) => shown.find((fault) => (fault.part[0] ?? '') === part)?.message}
          />
        ) : (
          <p className="flex min-h-8 items-center font-medium">{valueWords(name, value)}</p>
        )}
        {isWhole && (
          <p id={`${id}-fault`} className="text-quiet text-critical-ink">
            {numberHint(value) ?? whole.map((fault) => fault.message).join(' ')}
          </p>
        )}
        <p id={`${id}-ways`} className="flex flex-wrap items-center gap-x-2.5 text-quiet text-secondary">
          <Ways name={name} label={words.label} />
        </p>
      </div>
    </div>
  );
}

/** Where the value comes from, and the ways back: to what it was, to what it would inherit, to the default. */
function Ways({ name, label }: { readonly name: string; readonly label: string }) {
  const { state, store, scope } = useSettingsForm();
  const { value, from } = standing(state.draft, scope, name);
  const isOwn = isSameScope(from, scope);
  const change = state.changes.find((each) => changeKey(each) === changeKey({ scope, field: name }));
  const set = (next: unknown): void => store.edit((draft) => withField(draft, scope, name, next));

  // Where it was the default, going back to that is the undoing.
  const isUndoable = change !== undefined && !(scope === null && isSame(change.before, DEFAULTS[name]));
  const undo = isUndoable && (
    <>
      {change.before !== undefined && <span>was {valueWords(name, change.before)}</span>}
      <Way
        key="Undo"
        words="Undo"
        label={label}
        onClick={() => {
          if (change.before !== undefined) set(change.before);
          if (change.before === undefined && scope !== null) store.edit((draft) => withoutField(draft, scope, name));
        }}
      />
    </>
  );

  if (scope === null) {
    const byDefault = DEFAULTS[name];
    return (
      <>
        {byDefault !== undefined && <span>Default {valueWords(name, byDefault)}</span>}
        {byDefault !== undefined && !isSame(byDefault, value) && (
          <Way key="Back to default" words="Back to default" label={label} onClick={() => set(byDefault)} />
        )}
        {undo}
      </>
    );
  }
  if (!isOwn) {
    return (
      <>
        <span>from {scopeWords(from)}</span>
        <Way key="Set here" words="Set here" label={label} onClick={() => set(value)} />
        {undo}
      </>
    );
  }
  const above = inherited(state.draft, scope, name);
  return (
    <>
      <span>
        {scopeWords(above.from)}: {valueWords(name, above.value)}
      </span>
      <Way
        key="Inherit again"
        words="Inherit again"
        label={label}
        onClick={() => store.edit((draft) => withoutField(draft, scope, name))}
      />
      {change?.before !== undefined && undo}
    </>
  );
}

/** The button that was pressed is gone: the focus goes to what came in its place. */
function keepFocus(button: HTMLElement): void {
  const row = button.closest('[data-setting]');
  requestAnimationFrame(() => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    row?.querySelector<HTMLElement>('input, select, button')?.focus();
  });
}

// Each has a key, so that none becomes another under the focus.
type WayProps = { readonly words: string; readonly label: string; readonly onClick: () => void };

function Way({ words, label, onClick }: WayProps) {
  return (
    <Button
      variant="link"
      size="bare"
      className="text-quiet!"
      aria-label={`${words}: ${label}`}
      onClick={(event) => {
        onClick();
        keepFocus(event.currentTarget);
      }}
    >
      {words}
    </Button>
  );
}
