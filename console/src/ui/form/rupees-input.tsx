import { NumberInput, type NumberInputProps } from '@mantine/core';

const PAISE_DECIMALS = 2;
/** The server's largest amount: 1,000 crore. */
const MAX_RUPEES = 10_000_000_000;

/** An amount in rupees, grouped as it is typed; the value is a number, or '' while nothing is there. */
export function RupeesInput(props: NumberInputProps) {
  return (
    <NumberInput
      leftSection="₹"
      decimalScale={PAISE_DECIMALS}
      allowNegative={false}
      max={MAX_RUPEES}
      clampBehavior="none"
      thousandSeparator=","
      thousandsGroupStyle="lakh"
      hideControls
      inputMode="decimal"
      {...props}
    />
  );
}

/** A weight in grams, to the milligram. @public */
export function GramsInput(props: NumberInputProps) {
  return (
    <NumberInput
      rightSection="g"
      decimalScale={3}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      inputMode="decimal"
      {...props}
    />
  );
}
