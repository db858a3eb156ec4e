export const METALS = ['gold', 'silver', 'platinum'] as const;
export type Metal = (typeof METALS)[number];

/** The purities a rate can be quoted for, in parts per mille, by metal. */
export const RATE_PURITIES = {
  gold: ['916', '999', '995', '750', '585'],
  silver: ['999', '925', '900', '950'],
  platinum: ['999', '925', '900', '950'],
} as const satisfies Record<Metal, readonly string[]>;

/** The purity that a rate is quoted for when nobody says another. */
export const DEFAULT_PURITY = { gold: '916', silver: '999', platinum: '999' } as const satisfies Record<
  Metal,
  string
>;

/** The highest rate that is recorded: 1 crore rupees a gram. */
export const MAX_RATE_PAISE = 1_000_000_000;

/** A rate that can be in force: what pricing needs of a row. */
export interface Rate {
  id: string;
  purity: string;
  paisePerGram: number;
  /** The instant the row is dated. */
  at: number;
  /** The shop's day it belongs to. */
  day: string;
}

/** A recorded rate of a metal. */
export interface MetalPrice extends Rate {
  metal: Metal;
  source: string;
  /** Recorded, but too far from the rate before: prices nothing and trains nothing until confirmed. */
  held: boolean;
  createdAt: number;
}

export interface NewMetalPrice {
  id: string;
  metal: Metal;
  purity: string;
  paisePerGram: number;
  /** UTC midnight of the day for a row dated by day, else the instant of recording. */
  at: number;
  day: string;
  source: string;
  /** The caller has seen the guard's warning and means it. */
  confirm: boolean;
}

/** What recording a rate answers. `previous` is the rate it was compared with; `released` were held until now. */
export interface RecordedPrice {
  price: MetalPrice;
  previous: { id: string; paisePerGram: number } | null;
  changeBasisPoints: number | null;
  released: string[];
  /** With this one so many rates are new that a training was asked for. */
  retrainTriggered: boolean;
}

/** Days are the shop's, both inclusive; newest first. */
export interface MetalPriceFilter {
  metal: Metal;
  purity?: string;
  fromDay?: string;
  toDay?: string;
  includeHeld?: boolean;
}

export const CUTS = ['Ideal', 'Excellent', 'Very Good', 'Good', 'Fair', 'Poor'] as const;
export const COLORS = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'] as const;
export const CLARITIES = ['FL', 'IF', 'VVS1', 'VVS2', 'VS1', 'VS2', 'SI1', 'SI2', 'I1', 'I2', 'I3'] as const;

export const MAX_MILLI_CARAT = 1_000_000;

/** What a stone of given 4Cs cost. Carat in thousandths (1.5 ct = 1500). */
export interface DiamondPrice {
  id: string;
  milliCarat: number;
  cut: (typeof CUTS)[number];
  color: (typeof COLORS)[number];
  clarity: (typeof CLARITIES)[number];
  pricePaise: number;
  at: number;
  day: string;
  source: string;
  createdAt: number;
}
export type NewDiamondPrice = Omit<DiamondPrice, 'createdAt'>;

export interface RecordedStone {
  price: DiamondPrice;
  retrainTriggered: boolean;
}

export interface DiamondPriceFilter {
  fromDay?: string;
  toDay?: string;
  cut?: string;
  color?: string;
  clarity?: string;
  minMilliCarat?: number;
  maxMilliCarat?: number;
}
