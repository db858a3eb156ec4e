// What the forecast screens ask. Whether anything is trained is asked first, through an address that always answers.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  EarlierModelWire,
  GoldPredictionWire,
  ModelsWire,
  PredictionStatus,
  PriceFan,
  Scoreboard,
  TrainingJobWire,
  Trends,
} from '../../../../server/src/contract/prediction.ts';
import type {
  DiamondBatchWire,
  DiamondPredictionWire,
} from '../../../../server/src/contract/stone-prediction.ts';
import { ApiError, isApiError } from '../../api/api-error.ts';
import { getData, sendData, sendReply } from '../../api/client.ts';
import { fieldTexts } from '../../api/error-text.ts';
import { queryClient } from '../../api/query-client.ts';
import { shopDay } from '../../format/date.ts';
import type { WrittenStone } from './read-stones.ts';

const DAY_MS = 86_400_000;
const PAST_DAYS = 180;
const WATCH_MS = 1_000;
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

/** A stone as it was written, with what it may cost; `reason`: why it has no price. */
export interface PricedStone extends WrittenStone {
  price: number | null;
  range: { lower: number; upper: number } | null;
  reason: string;
}

export async function priceStones(stones: readonly WrittenStone[]): Promise<PricedStone[]> {
  const { results } = await sendData<DiamondBatchWire>('POST', '/api/predictions/diamond/batch', {
    body: { stones: stones.map(({ stone }) => stone) },
  });
  return stones.map((one, index) => {
    const { prediction, error } = results[index] ?? {};
    const refused = new ApiError({ type: 'invalid_input', status: 400, fields: error?.fields ?? [] });
    return {
      ...one,
      price: prediction?.predicted_price ?? null,
      range: prediction?.range_90 ?? null,
      reason: Object.values(fieldTexts(refused))[0] ?? '',
    };
  });
}

/** Trainings, newest first. `isAsked`: one was asked for, and is there before its answer. */
export function useTrainings(isAsked: boolean) {
  return useQuery({
    queryKey: ['predictions', 'jobs'],
    queryFn: ({ signal }) => getData<TrainingJobWire[]>('/api/predictions/jobs', {}, signal),
    // Events tell how one goes on, too, but not where their line is broken.
    refetchInterval: ({ state }) => (isAsked || state.data?.some(isOpen) ? WATCH_MS : false),
  });
}

export function isOpen({ state }: TrainingJobWire): boolean {
  return state === 'waiting' || state === 'running';
}

/** The models that serve, each with its version. */
export function useServingModels() {
  return useQuery({
    queryKey: ['predictions', 'models'],
    queryFn: ({ signal }) => getData<ModelsWire>('/api/predictions/models', {}, signal),
  });
}

/** Those that can be put in their place. */
export function useEarlierModels() {
  return useQuery({
    queryKey: ['predictions', 'earlier'],
    queryFn: ({ signal }) => getData<EarlierModelWire[]>('/api/predictions/models/earlier', {}, signal),
  });
}

/** How a training ended is told by the list of trainings, also where it failed. */
export async function retrain(): Promise<void> {
  try {
    await sendReply('POST', '/api/predictions/retrain', { body: { model: 'all' } });
  } catch (error) {
    if (!isApiError(error, 'training_failed') && !isApiError(error, 'insufficient_data')) throw error;
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['predictions'] });
  }
}

export async function stopTraining(id: string): Promise<void> {
  await sendReply('POST', `/api/predictions/jobs/${id}/cancel`);
  await queryClient.invalidateQueries({ queryKey: ['predictions', 'jobs'] });
}

/** By name and version: what was put back already, or has been trained anew since, is refused. */
export async function putInService(models: readonly { name: string; version: string }[]): Promise<void> {
  const marks = models.map(({ name, version }) => ({ name, version }));
  try {
    await sendReply('POST', '/api/predictions/models/rollback', { body: { models: marks } });
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['predictions'] });
  }
}
