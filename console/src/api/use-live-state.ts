import { useSyncExternalStore } from 'react';
import { getLiveState, type LiveState, onLiveState } from './live.ts';

export function useLiveState(): LiveState {
  return useSyncExternalStore(onLiveState, getLiveState);
}
