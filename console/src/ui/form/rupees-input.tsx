import type { NumberInputProps } from '@mantine/core';
import { FigureInput } from './figure-input.tsx';

const PAISE_DECIMALS = 2;
/** The server's largest amount: 1,000 crore. */
const MAX_RUPEES = 10_000_000_000;

/** An amount in rupees, grouped as it is typed; the value is a number, or '' while nothing is there. */
export function RupeesInput(props: NumberInputProps) {
  return (
    <FigureInput
      example="9,30,451.20"
      leftSection="₹"
      decimalScale={PAISE_DECIMALS}
      max={MAX_RUPEES}
      thousandSeparator=","
      thousandsGroupStyle="lakh"
      {...props}
    />
  );
}

/** A weight in grams, to the milligram. */
export function GramsInput(props: NumberInputProps) {
  return <FigureInput example="12.345" rightSection="g" decimalScale={3} {...props} />;
}

/** How many. */
export function CountInput(props: NumberInputProps) {
  return <FigureInput example="12" allowDecimal={false} inputMode="numeric" {...props} />;
}
