import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';

/** A password, with a button that shows it and is named in the person's language. */
export function PasswordField(props: PasswordInputProps) {
  const words = useWords(everydayWords);
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': words('showPassword') }} {...props} />;
}
