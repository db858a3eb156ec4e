// What the forecast screens ask. Whether anything is trained is asked first, through an address that always answers.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  GoldPredictionWire,
  PredictionStatus,
  PriceFan,
  Scoreboard,
  Trends,
} from '../../../../server/src/contract/prediction.ts';
import type { DiamondPredictionWire } from '../../../../server/src/contract/stone-prediction.ts';
import { getData, sendData } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { shopDay } from '../../format/date.ts';

const DAY_MS = 86_400_000;
const PAST_DAYS = 180;
const ASKED_DAYS = [7, 30, 90] as const;

export function usePredictionStatus() {
  return useQuery({
    queryKey: ['predictions', 'status'],
    queryFn: ({ signal }) => getData<PredictionStatus>('/api/predictions/status', {}, signal),
  });
}

/** `isTrained`: without a model there is none to ask for. */
export function useFan(purity: string, days: number, isTrained = true) {
  return useQuery({
    enabled: isTrained,
    queryKey: ['predictions', 'fan', purity, days],
    queryFn: ({ signal }) => getData<PriceFan>('/api/predictions/gold/fan', { purity, days }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The rates of the last half year, oldest first. */
export function usePastRates(purity: string) {
  return useQuery({
    queryKey: ['predictions', 'trends', purity],
    queryFn: ({ signal }) => getData<Trends>('/api/predictions/trends', { purity, days: PAST_DAYS }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The forecasts for a week, a month and a quarter from today. */
export function useExpected(purity: string) {
  return useQuery({
    queryKey: ['predictions', 'expected', purity],
    queryFn: () =>
      Promise.all(
        ASKED_DAYS.map((days) =>
          sendData<GoldPredictionWire>('POST', '/api/predictions/gold', {
            body: { date: shopDay(Date.now() + days * DAY_MS), purity },
          }),
        ),
      ),
    placeholderData: keepPreviousData,
  });
}

export function useScoreboard() {
  return useQuery({
    queryKey: ['predictions', 'scoreboard'],
    queryFn: ({ signal }) => getData<Scoreboard>('/api/predictions/scoreboard', {}, signal),
  });
}

export interface Stone {
  carat: number;
  cut: string;
  color: string;
  clarity: string;
}

export function useStonePrice(stone: Stone) {
  return useQuery({
    queryKey: ['predictions', 'stone', stone],
    queryFn: () =>
      sendData<DiamondPredictionWire>('POST', '/api/predictions/diamond', {
        body: { ...stone, explain: true },
      }),
    placeholderData: keepPreviousData,
  });
}

export async function retrain(): Promise<void> {
  await sendData('POST', '/api/predictions/retrain', { body: { model: 'all' } });
  await queryClient.invalidateQueries({ queryKey: ['predictions'] });
}
