import { type FocusEvent, useCallback, useState } from 'react';

/** Less than a row: a list that rests at its head may be a pixel off. */
const HEAD_PX = 4;

/**
 * Whether the reader is at the list: the pointer over it, the keyboard in it, or scrolled away from its head. A
 * click leaves the focus behind without the keyboard being used, so only focus that shows counts.
 */
export function useListHold() {
  const [isHovered, setIsHovered] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const [isScrolled, setIsScrolled] = useState(false);
  const noteFocusLost = useCallback(() => setHasFocus(false), []);
  return {
    isAtList: isHovered || hasFocus || isScrolled,
    noteScroll: (top: number) => setIsScrolled(top > HEAD_PX),
    /** The focus went with the row that had it. */
    noteFocusLost,
    region: {
      onPointerEnter: () => setIsHovered(true),
      onPointerLeave: () => setIsHovered(false),
      onFocus: (event: FocusEvent) => setHasFocus(event.target.matches(':focus-visible')),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setHasFocus(false);
      },
    },
  };
}
export type ListHold = ReturnType<typeof useListHold>;
