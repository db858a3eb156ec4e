import { NumberInput, type NumberInputProps } from '@mantine/core';
import { type ChangeEvent, type ClipboardEvent, useState } from 'react';
import { hasStrangers, latinDigits, readFigure } from '../../format/figure.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';

interface FigureInputProps extends NumberInputProps {
  /** What is shown to whoever types something else. */
  example: string;
}

/** A figure: typed or pasted in either alphabet and grouped as India does; what is none is refused with an example. */
export function FigureInput({ example, error, onBlur, ...props }: FigureInputProps) {
  const words = useWords(everydayWords);
  const [isRefused, setIsRefused] = useState(false);
  return (
    <NumberInput
      allowNegative={false}
      clampBehavior="none"
      hideControls
      inputMode="decimal"
      // A comma groups; it never begins the decimals.
      allowedDecimalSeparators={['.']}
      {...props}
      error={isRefused ? words('figuresOnly', { example }) : error}
      // Before the field itself reads it: that knows one alphabet, and drops what it does not know without a word.
      onChangeCapture={(event: ChangeEvent<HTMLInputElement>) => {
        const input = event.currentTarget;
        // Stays until the field is left or emptied: the rest of `1e5` must not stand there as 15 without a word.
        const { value: typed } = input;
        setIsRefused((before) => hasStrangers(typed) || (before && typed !== ''));
        const latin = latinDigits(typed);
        if (latin === typed) return;
        const at = input.selectionStart;
        input.value = latin;
        input.setSelectionRange(at, at);
      }}
      onPasteCapture={(event: ClipboardEvent<HTMLInputElement>) => {
        event.preventDefault();
        event.stopPropagation();
        const figure = readFigure(event.clipboardData.getData('text'));
        setIsRefused(figure === null);
        if (figure !== null) typeInto(event.currentTarget, figure);
      }}
      onBlur={(event) => {
        setIsRefused(false);
        onBlur?.(event);
      }}
    />
  );
}

/** In place of what is selected, as if it had been typed. */
function typeInto(input: HTMLInputElement, text: string): void {
  const { value, selectionStart, selectionEnd } = input;
  const next = value.slice(0, selectionStart ?? 0) + text + value.slice(selectionEnd ?? value.length);
  // React takes what is set by its own property for something that it has seen already.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, next);
  const cursor = (selectionStart ?? 0) + text.length;
  input.setSelectionRange(cursor, cursor);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
