import { Type } from 'typebox';
import { QueryText } from './fields.ts';

/** The parameter that makes a file of a list. */
export const FORMAT_QUERY = {
  format: QueryText(
    'csv, xlsx or json (`{success, data}`): all rows of the filters as a file, not a page of them',
  ),
};

export const WholeExportQuery = Type.Object({ images: QueryText('true: pictures too (default false)') });
