import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  title: 'साइन इन',
  username: 'युजर नाव किंवा ई-मेल',
  password: 'पासवर्ड',
  submit: 'साइन इन करा',
  expiredTitle: 'पुन्हा साइन इन करा',
  expiredText: 'तुमचे सत्र संपले आहे. हे पान आणि तुम्ही लिहिलेले जसेच्या तसे आहे.',
  somebodyElse: 'हे सोडून दुसऱ्या नावाने साइन इन करा',
  code: 'साइन-इन कोड',
  codeHint: 'ॲपमध्ये दिसणारे सहा अंक, किंवा एखादा रिकव्हरी कोड.',
};
