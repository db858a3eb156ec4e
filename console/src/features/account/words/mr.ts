import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  sessions: 'तुम्ही कुठे कुठे साइन इन आहात',
  sessionsNote: '{name} या नावाने',
  device: 'उपकरण',
  address: 'पत्ता',
  lastUsed: 'शेवटचा वापर',
  thisOne: 'हेच',
  signOut: 'साइन आउट',
  signOutOf: '{device} मधून साइन आउट',
  signedOut: 'तिथून साइन आउट झाले',
  password: 'पासवर्ड',
  currentPassword: 'आताचा पासवर्ड',
  newPassword: 'नवा पासवर्ड',
  newPasswordHint: 'किमान 6 अक्षरे; चार शब्दांचे वाक्य अधिक चांगले. बाकी सगळीकडून साइन आउट होते.',
  changePassword: 'पासवर्ड बदला',
  passwordChanged: 'पासवर्ड बदलला',
};
