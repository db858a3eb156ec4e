// An operation of the document, as the generator makes it and as it is completed.

import type { ErrorCode } from '../../domain/shop-error.ts';
import type { Route, Upload } from '../../http/route.ts';

export interface Media {
  schema?: object;
  example?: unknown;
  examples?: Record<string, object>;
}
export interface RequestBody {
  required?: boolean;
  content?: object;
}
export interface Operation {
  description?: string;
  parameters?: object[];
  requestBody?: RequestBody;
  security?: object[];
  responses: Record<string, { description?: string; headers?: object; content?: Record<string, Media> }>;
  /** The refusals of the operation. */
  'x-errors'?: ErrorCode[];
  /** The content type of a reply that is no JSON. */
  'x-produces'?: string;
  /** The file of an operation that takes a form. */
  'x-upload'?: Upload;
  /** Whether the body may be left out. */
  'x-body-optional'?: boolean;
  /** How often one address may ask. */
  'x-rate'?: Route['rate'];
  /** Whether a download ticket is as good as a token. */
  'x-ticket'?: boolean;
  /** `public`, `signed-in` or the permission that the account must hold. */
  'x-permission'?: string;
}
