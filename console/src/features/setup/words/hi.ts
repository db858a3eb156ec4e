import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  title: 'दुकान तैयार करें',
  intro: 'पहला लॉगिन बनाएँ। यह मालिक का है और सब कुछ कर सकता है।',
  code: 'सेटअप कोड',
  codeHint: 'उस टर्मिनल पर छपा है जहाँ दुकान शुरू की गई; एक बार चलता है।',
  username: 'यूज़र नाम',
  email: 'ई-मेल',
  password: 'पासवर्ड',
  passwordHint: 'कम से कम 6 अक्षर; 12 या ज़्यादा अक्षरों का वाक्य बेहतर है।',
  submit: 'लॉगिन बनाएँ',
  closedTitle: 'दुकान पहले से तैयार है',
  closedText: 'पहला लॉगिन बन चुका है। उससे साइन इन करें।',
  signIn: 'साइन इन करें',
};
