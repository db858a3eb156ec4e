import { ErrorState, LoadingRows } from '../../ui/states/states.tsx';

/** What stands in place of the rates until all are there. */
export function RatesPending({ error, again }: { error: unknown; again: () => void }) {
  return error === null ? <LoadingRows /> : <ErrorState error={error} again={again} />;
}
