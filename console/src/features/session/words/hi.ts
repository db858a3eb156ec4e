import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  title: 'साइन इन',
  username: 'यूज़र नाम या ई-मेल',
  password: 'पासवर्ड',
  submit: 'साइन इन करें',
  forgotten:
    'पासवर्ड भूल गए? कर्मचारी को नया पासवर्ड मालिक सेटिंग, लोग में देता है। मालिक को वह दुकान के कंप्यूटर पर मिलता है: {command}',
  expiredTitle: 'फिर साइन इन करें',
  expiredText: 'आपका सत्र बंद हो गया है। यह पेज और आपका लिखा ज्यों का त्यों है।',
  somebodyElse: 'इसे छोड़कर किसी और नाम से साइन इन करें',
  code: 'साइन-इन कोड',
  codeHint: 'ऐप में दिख रहे छह अंक, या कोई रिकवरी कोड।',
};
