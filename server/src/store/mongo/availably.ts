import { ShopError } from '../../domain/shop-error.ts';
import { isNotNow } from './not-now.ts';

const RETRY_AFTER_SECONDS = 1;

type Methods = Record<string, unknown>;

/** The same methods, whose failures for want of a primary are refusals (503, try again) and no defects. */
export function availably<S extends object>(store: S): S {
  const wrapped = Object.entries(store).map(([name, part]) => {
    if (typeof part === 'function') return [name, guard(part as (...args: unknown[]) => unknown)];
    return [name, typeof part === 'object' && part !== null ? availably(part as Methods) : part];
  });
  return Object.fromEntries(wrapped) as S;
}

function guard(method: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const answer = method(...args);
    return answer instanceof Promise ? answer.catch(refuseUnavailable) : answer;
  };
}

function refuseUnavailable(error: unknown): never {
  if (!isNotNow(error)) throw error;
  const refusal = { code: 'store_unavailable', retryAfterSeconds: RETRY_AFTER_SECONDS } as const;
  throw Object.assign(new ShopError(refusal), { cause: error });
}
