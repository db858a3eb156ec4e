import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  sessions: 'आप कहाँ-कहाँ साइन इन हैं',
  sessionsNote: '{name} के नाम से',
  device: 'उपकरण',
  address: 'पता',
  lastUsed: 'पिछली बार',
  thisOne: 'यही वाला',
  signOut: 'साइन आउट',
  signOutOf: '{device} से साइन आउट',
  signedOut: 'वहाँ से साइन आउट हो गया',
  password: 'पासवर्ड',
  currentPassword: 'अभी का पासवर्ड',
  newPassword: 'नया पासवर्ड',
  newPasswordHint: 'कम से कम 6 अक्षर; चार शब्दों का वाक्य बेहतर है। बाकी सब जगह से साइन आउट हो जाता है।',
  changePassword: 'पासवर्ड बदलें',
  passwordChanged: 'पासवर्ड बदल गया',
};
