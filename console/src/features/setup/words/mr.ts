import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  title: 'दुकान तयार करा',
  intro: 'पहिले लॉगिन तयार करा. ते मालकाचे आहे आणि सर्व काही करू शकते.',
  code: 'सेटअप कोड',
  codeHint: 'दुकान सुरू केले त्या टर्मिनलवर छापला आहे; एकदाच चालतो.',
  username: 'युजर नाव',
  email: 'ई-मेल',
  password: 'पासवर्ड',
  passwordHint: 'किमान 6 अक्षरे; 12 किंवा जास्त अक्षरांचे वाक्य अधिक चांगले.',
  submit: 'लॉगिन तयार करा',
  closedTitle: 'दुकान आधीच तयार आहे',
  closedText: 'पहिले लॉगिन तयार झाले आहे. त्याने साइन इन करा.',
  signIn: 'साइन इन करा',
};
