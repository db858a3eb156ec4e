import type { SignupBody } from '../../contract/account.ts';
import { type FieldProblem, invalid, ShopError } from '../../domain/shop-error.ts';
import {
  MAX_EMAIL_LENGTH,
  MAX_PASSWORD_LENGTH,
  MAX_USERNAME_LENGTH,
  MIN_PASSWORD_LENGTH,
  MIN_USERNAME_LENGTH,
} from '../../domain/user.ts';

// A vowel sign of Hindi or Marathi is a mark of its own and belongs to the letter before it.
const USERNAME = /^[\p{L}\p{M}\p{Nd}_]*[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}_]*$/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** What a person typed for a new account, in its stored form; checked in the older service's order. */
export function readNewAccount(typed: SignupBody): { username: string; email: string; password: string } {
  const account = readAccount(typed);
  checkNewPassword(typed.password, 'password');
  return { ...account, password: typed.password };
}

/** All that is wrong with what is given of one, where `readNewAccount` stops at the first. */
export function newAccountProblems(typed: Partial<SignupBody>): FieldProblem[] {
  const { username, email, password } = typed;
  return [
    ...(username === undefined ? [] : problemsOf(() => readUsername(username))),
    ...(email === undefined ? [] : problemsOf(() => readEmail(email))),
    ...(password === undefined ? [] : problemsOf(() => checkNewPassword(password, 'password'))),
  ];
}

function problemsOf(read: () => unknown): readonly FieldProblem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return error.refusal.fields ?? [];
  }
}

/** The same where the password comes from elsewhere. */
export function readAccount(typed: { username: string; email: string }): { username: string; email: string } {
  return { username: readUsername(typed.username), email: readEmail(typed.email) };
}

/** A username as it is stored and looked up. */
export function tidyUsername(typed: string): string {
  return typed.trim().normalize('NFC');
}

function readUsername(typed: string): string {
  const username = tidyUsername(typed);
  const length = lengthOf(username);
  if (length < MIN_USERNAME_LENGTH || length > MAX_USERNAME_LENGTH) {
    const limit = `must have ${MIN_USERNAME_LENGTH} to ${MAX_USERNAME_LENGTH} characters`;
    throw invalid('username', 'length', limit, 'Username must be between 3 and 80 characters');
  }
  if (!USERNAME.test(username)) {
    const text = 'Username can only contain letters, numbers, and underscores';
    throw invalid('username', 'pattern', 'must be letters, digits and underscores', text);
  }
  return username;
}

function readEmail(typed: string): string {
  const email = typed.trim().toLowerCase();
  if (!EMAIL.test(email)) {
    throw invalid('email', 'format', 'must be an address such as asha@example.com', 'Invalid email format');
  }
  if (lengthOf(email) > MAX_EMAIL_LENGTH) {
    const limit = `must have at most ${MAX_EMAIL_LENGTH} characters`;
    throw invalid('email', 'maxLength', limit, 'Email must be less than 200 characters');
  }
  return email;
}

/** Refuses a password outside of 6 to 128 characters; `field` is the body's name for it. */
export function checkNewPassword(password: string, field: string): void {
  const length = lengthOf(password);
  if (length < MIN_PASSWORD_LENGTH) {
    const limit = `must have at least ${MIN_PASSWORD_LENGTH} characters`;
    throw invalid(field, 'minLength', limit, 'Password must be at least 6 characters long');
  }
  if (length > MAX_PASSWORD_LENGTH) {
    const limit = `must have at most ${MAX_PASSWORD_LENGTH} characters`;
    throw invalid(field, 'maxLength', limit, 'Password must be less than 128 characters');
  }
}

/** In characters as people count them, not in UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}
