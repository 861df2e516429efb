import type { Severity } from '../contracts/alert.ts';
import { type BadgeState, badgeText } from './badge-state.ts';

/** A tab's icon stands on the browser's own bar, whatever the page's theme: colours that hold on light and dark. */
const FILL: Readonly<Record<Severity, string>> = { critical: '#d0222f', elevated: '#d96a00', warning: '#e7bd3c' };
const TEXT: Readonly<Record<Severity, string>> = { critical: '#ffffff', elevated: '#191a1c', warning: '#191a1c' };
const CALM = { fill: '#17181b', text: '#ececee' } as const;

const FONT_SIZE = { 1: 24, 2: 20, 3: 15 } as const;

function tile(fill: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/>${inside}</svg>`;
}

function letters(text: string, colour: string): string {
  const size = text.length >= 3 ? FONT_SIZE[3] : text.length === 2 ? FONT_SIZE[2] : FONT_SIZE[1];
  const style = `font-family="system-ui,sans-serif" font-weight="700" font-size="${size}"`;
  return `<text x="16" y="${16 + size * 0.36}" text-anchor="middle" ${style} fill="${colour}">${text}</text>`;
}

const MARK =
  '<path d="m6 22 7-8.500 5.500 4.500L26 9" fill="none" stroke="#8da9ff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>';
/** Over the corner, so that the number stays whole. */
const SILENT_DOT =
  '<circle cx="26" cy="6" r="6" fill="#17181b" stroke="#ffffff" stroke-width="1.500"/><path d="M26 2.800v3.700M26 8.400v.800" stroke="#ffffff" stroke-width="1.800"/>';

/** The tab's icon: the badge's number in the colour of the worst, `?`, `!`, or on a calm desk the house's mark. */
export function badgeIcon(badge: BadgeState, { isSilent }: { readonly isSilent: boolean }): string {
  if (badge.kind === 'unknown') return tile(CALM.fill, letters('?', CALM.text));
  if (badge.counts.new === 0) return tile(CALM.fill, isSilent ? letters('!', CALM.text) : MARK);
  const { worst } = badge;
  const [fill, colour] = worst === null ? [CALM.fill, CALM.text] : [FILL[worst], TEXT[worst]];
  return tile(fill, letters(badgeText(badge), colour) + (isSilent ? SILENT_DOT : ''));
}

export const iconAddress = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** How the document's title begins: `(12) `, `(99+!) `, `(?) `, `(!) `; nothing where nothing is new. */
export function titleCount(badge: BadgeState, { isSilent }: { readonly isSilent: boolean }): string {
  const count = badge.kind !== 'unknown' && badge.counts.new === 0 ? '' : badgeText(badge);
  const text = `${count}${isSilent ? '!' : ''}`;
  return text === '' ? '' : `(${text}) `;
}
