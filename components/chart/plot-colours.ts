import type { Severity } from '../../contracts/alert.ts';

export type PlotColours = Readonly<
  Record<'ink' | 'secondary' | 'rule' | 'accent' | 'panel' | Severity, string> & { readonly font: string }
>;

/** The colours of the page as they are now: a canvas cannot read variables by itself. */
export function readColours(element: HTMLElement): PlotColours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: token('ink'),
    secondary: token('secondary'),
    rule: token('rule'),
    accent: token('accent'),
    panel: token('panel'),
    critical: token('critical'),
    elevated: token('elevated'),
    warning: token('warning'),
    font: `12px ${style.fontFamily}`,
  };
}

/** Calls back whenever the page changes between light and dark, until undone. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
