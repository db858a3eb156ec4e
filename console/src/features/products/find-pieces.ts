import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { getData } from '../../api/client.ts';
import { can } from '../../api/session.ts';
import { namedFirst } from '../../ui/picker/named-first.ts';

const SHOWN = 8;
/** The server looks into descriptions too and answers the newest first, so more are asked for than are shown. */
const ASKED = 40;

/** Pieces by part of the name or description, those of that name first; drafts only for those who may see them. */
export async function findPieces(text: string, signal?: AbortSignal): Promise<ProductWire[]> {
  const path = can('catalogue.read_drafts') ? '/api/products/admin' : '/api/products';
  const found = await getData<ProductWire[]>(path, { search: text, per_page: ASKED }, signal);
  return namedFirst(found, text, ({ name }) => name).slice(0, SHOWN);
}
