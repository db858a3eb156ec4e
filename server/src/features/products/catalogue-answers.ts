// Answers of the catalogue as bytes: lists are put together from the JSON of their pieces, with the price of the moment
// in each. Byte for byte what the route would send of the same pieces.

import { toRupees } from '../../domain/money.ts';
import { type Board, pricePiece } from '../../domain/piece-price.ts';
import { KeptAnswer } from '../../http/kept-answer.ts';
import { type PageNumbers, pageInfo } from '../../http/paging.ts';
import type { CatalogueIndex, Found, IndexedPiece } from './catalogue-index.ts';

const LIST_START = Buffer.from('{"success":true,"data":[');
const ONE_START = Buffer.from('{"success":true,"data":');
/** More than the price of a piece with its name takes, in bytes. */
const PRICE_BYTES = 48;

/** What the answers are made of, whether with prices, and how long they hold. */
export interface Making {
  index: CatalogueIndex;
  /** null: without `current_price`. */
  board: Board | null;
  holds: () => boolean;
}

export function listAnswer(
  { index, board, holds }: Making,
  { pieces, total }: Found,
  numbers: PageNumbers,
): KeptAnswer {
  const end = `],"pagination":${JSON.stringify(pageInfo({ rows: pieces, total }, numbers))}}`;
  const most = pieces.reduce((sum, piece) => sum + piece.text.length + PRICE_BYTES, end.length);
  const body = Buffer.allocUnsafe(LIST_START.length + most);
  let at = LIST_START.copy(body);
  for (const [place, piece] of pieces.entries()) {
    if (place > 0) at += body.write(',', at, 'latin1');
    at = writePiece(index, piece, board, body, at);
  }
  at += body.write(end, at, 'latin1');
  return new KeptAnswer(body.subarray(0, at), holds);
}

export function pieceAnswer({ index, board, holds }: Making, piece: IndexedPiece): KeptAnswer {
  const body = Buffer.allocUnsafe(ONE_START.length + piece.text.length + PRICE_BYTES);
  let at = ONE_START.copy(body);
  at = writePiece(index, piece, board, body, at);
  at += body.write('}', at, 'latin1');
  return new KeptAnswer(body.subarray(0, at), holds, piece.version);
}

function writePiece(
  index: CatalogueIndex,
  piece: IndexedPiece,
  board: Board | null,
  body: Buffer,
  at: number,
): number {
  const end = index.texts.copy(piece.text, body, at);
  const price = board === null ? '' : `,"current_price":${toRupees(priceOf(piece, board))}`;
  return end + body.write(`${price}}`, end, 'latin1');
}

/** Reckoned once for each board. */
function priceOf(piece: IndexedPiece, board: Board): number {
  if (piece.priced?.board !== board) {
    piece.priced = { board, paise: pricePiece(piece, board).totalPaise };
  }
  return piece.priced.paise;
}
