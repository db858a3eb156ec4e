// The models that served before those that serve: what they are, and putting them back.

import { Counted } from '../../contract/envelope.ts';
import { EarlierModelWire, RollbackBody } from '../../contract/prediction.ts';
import { type ModelCard, type ModelMark, targetOf } from '../../domain/trained-model.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';

const EXAMPLE: EarlierModelWire = {
  name: 'gold-916',
  version: '20260112_103000',
  target: 'gold',
  trained_at: '2026-01-12T10:30:00.123Z',
  data_points: 1065,
};

export function earlierModelRoutes(shop: Shop): Route[] {
  return [listRoute(shop), rollbackRoute(shop)];
}

function listRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/models/earlier',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'List the models that served before those that serve',
    description: 'Of each name the last one; after a rollback that is the one it took out of service.',
    reply: Counted(EarlierModelWire),
    example: { success: true, data: [EXAMPLE], count: 1 },
    handle: async () => answer(await store.models.listPrevious()),
  });
}

function rollbackRoute({ store }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/predictions/models/rollback',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'Put earlier models back in service',
    description:
      'All that are named, or none. Each is named with its version, so that the same request sent twice does not undo ' +
      'itself; the versions that were taken out undo it. They serve until the next training.',
    body: RollbackBody,
    reply: Counted(EarlierModelWire),
    errors: ['no_previous_model', 'stale_version'],
    example: { success: true, data: [EXAMPLE], count: 1 },
    handle: async ({ body, by, wrote }) =>
      answer(wrote(await store.models.rollback(body.models as ModelMark[], by))),
  });
}

function answer(cards: readonly ModelCard[]) {
  return { success: true, data: cards.map(toEarlierWire), count: cards.length };
}

function toEarlierWire({ name, version, trainedAt, dataPoints }: ModelCard): EarlierModelWire {
  return {
    name,
    version,
    target: targetOf(name),
    trained_at: toInstant(trainedAt),
    data_points: dataPoints,
  };
}
