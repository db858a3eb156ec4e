import { useVirtualizer, useWindowVirtualizer } from '@tanstack/react-virtual';
import { createContext, type RefObject, use, useLayoutEffect, useState } from 'react';

/** The element that scrolls in place of the page, such as a detail beside its list; null: the page itself. */
export const ScrollerContext = createContext<HTMLElement | null>(null);

const OVERSCAN = 10;

/** Which of the rows are in view, in whatever scrolls around the table. */
export function useRowsInView(place: RefObject<HTMLElement | null>, count: number, rowPx: number) {
  const scroller = use(ScrollerContext);
  const top = useTopOf(place, scroller);
  const shared = { count, estimateSize: () => rowPx, overscan: OVERSCAN, scrollMargin: top };
  const inPage = useWindowVirtualizer({ ...shared, enabled: scroller === null });
  const inElement = useVirtualizer({
    ...shared,
    enabled: scroller !== null,
    getScrollElement: () => scroller,
  });
  const virtualizer = scroller === null ? inPage : inElement;
  const items = virtualizer.getVirtualItems();
  return {
    indices: items.map(({ index }) => index),
    before: (items[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? top) - top),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    measure: () => virtualizer.measure(),
  };
}

/** Where the element begins in what scrolls; what stands above may grow when it loads. */
function useTopOf(place: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const element = place.current;
      if (element === null) return;
      const { top: seen } = element.getBoundingClientRect();
      const start =
        scroller === null ? -window.scrollY : scroller.getBoundingClientRect().top - scroller.scrollTop;
      setTop(Math.round(seen - start));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller ?? document.body);
    return () => observer.disconnect();
  }, [place, scroller]);
  return top;
}

/** The width of the element; 0 until it is there. */
export function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
