import { Type } from 'typebox';
import { Instant, OneOf } from './fields.ts';

const CheckWire = Type.Object({
  status: OneOf(['healthy', 'degraded', 'unhealthy', 'unavailable', 'unknown']),
  message: Type.String(),
});

export const Health = Type.Object({
  status: OneOf(['healthy', 'degraded']),
  timestamp: Instant,
  version: Type.String(),
  environment: OneOf(['development', 'testing', 'production']),
  checks: Type.Object({ database: CheckWire, ml_models: CheckWire, backup: CheckWire }),
});

/** What a probe reads: the HTTP status; the text is for people. */
export const Probe = Type.Object({ status: OneOf(['alive', 'ready', 'not ready']) });
export const LIVE_EXAMPLE = { status: 'alive' };

export const Root = Type.Object({
  message: Type.String(),
  version: Type.String(),
  status: Type.String(),
  endpoints: Type.Record(Type.String(), Type.String()),
});
export const ROOT_EXAMPLE = {
  message: 'Swati Jewellers API',
  version: '1.0.0',
  status: 'running',
  endpoints: {
    health: '/api/health',
    products: '/api/products',
    customers: '/api/customers',
    sales: '/api/sales',
    auth: '/api/auth',
    documentation: '/api/docs',
  },
};
