import { useMediaQuery } from '@mantine/hooks';

/** Room for a rail at the side (else the bar at the foot). The style sheets use the same width. */
export function useHasRail(): boolean {
  return useMediaQuery('(min-width: 768px)', undefined, { getInitialValueInEffect: false }) ?? true;
}

/** Room for a detail beside its list. */
export function useIsWide(): boolean {
  return useMediaQuery('(min-width: 1200px)', undefined, { getInitialValueInEffect: false }) ?? true;
}
