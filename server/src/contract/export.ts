import { Type } from 'typebox';
import { QueryFlag, QueryOneOf } from './fields.ts';

/** The parameter that makes a file of a list. */
export const FORMAT_QUERY = {
  format: QueryOneOf(
    ['csv', 'xlsx', 'json'],
    'csv, xlsx or json (`{success, data}`): all rows of the filters as a file, not a page of them',
  ),
};

export const WholeExportQuery = Type.Object({ images: QueryFlag('true: pictures too (default false)') });
