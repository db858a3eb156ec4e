import type { NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { RupeesInput } from './rupees-input.tsx';

/** Rupees with their paise, but for the moment in which they are typed. */
export function AmountInput({ value, onChange, onBlur, ...props }: NumberInputProps) {
  const [isTyping, setIsTyping] = useState(false);
  const shown = isTyping || typeof value !== 'number' ? (value ?? '') : value.toFixed(2);
  return (
    <RupeesInput
      {...props}
      value={shown}
      onChange={(next) => {
        setIsTyping(true);
        onChange?.(next);
      }}
      onBlur={(event) => {
        setIsTyping(false);
        onBlur?.(event);
      }}
    />
  );
}
