import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  title: 'आज',
  khataDue: 'खात्यात येणे आहे',
  fromCustomers: { one: '{count} ग्राहकाकडून', other: '{count} ग्राहकांकडून' },
  ordersWaiting: 'थांबलेल्या ऑर्डर',
  waitingWorth: '{amount} च्या',
  noneWaiting: 'एकही ऑर्डर थांबलेली नाही. सर्व पूर्ण आहे.',
  order: 'ऑर्डर',
  customer: 'ग्राहक',
  pieces: 'दागिने',
  total: 'एकूण',
  status: 'स्थिती',
  andMore: { one: '{name} आणि आणखी {count}', other: '{name} आणि आणखी {count}' },
  boardRate: 'आजचा भाव, 22K 916',
  rateAge: '{age} भरला',
  noRate: 'अजून भरलेला नाही',
  owedMost: 'सर्वात जास्त येणे',
  allKhata: 'खाते',
  nobodyOwes: 'कोणाकडूनही काही येणे नाही.',
};
