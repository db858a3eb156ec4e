import { Type } from 'typebox';
import { Data } from '../../contract/envelope.ts';
import { invalid } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';

/** Any other name: refused with the names there are, since one of them was meant. */
export function unknownMetricRoute(names: readonly string[]): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/:name',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Refuse a metric that is not known',
    hidden: true,
    reply: Data(Type.Object({})),
    errors: ['invalid_input'],
    example: { success: true, data: {} },
    handle: () => {
      throw invalid('name', 'enum', `must be one of: ${names.join(', ')}`);
    },
  });
}
