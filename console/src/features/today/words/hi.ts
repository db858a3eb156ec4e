import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  title: 'आज',
  khataDue: 'खाते में लेना है',
  fromCustomers: { one: '{count} ग्राहक से', other: '{count} ग्राहकों से' },
  ordersWaiting: 'रुके हुए ऑर्डर',
  waitingWorth: '{amount} के',
  noneWaiting: 'कोई ऑर्डर रुका नहीं। सब पूरा है।',
  order: 'ऑर्डर',
  customer: 'ग्राहक',
  pieces: 'गहने',
  total: 'कुल',
  status: 'स्थिति',
  andMore: { one: '{name} और {count} और', other: '{name} और {count} और' },
  boardRate: 'आज का भाव, 22K 916',
  rateAge: '{age} डाला',
  noRate: 'अभी नहीं डाला',
  owedMost: 'सबसे ज़्यादा लेना है',
  allKhata: 'खाता',
  nobodyOwes: 'किसी से कुछ लेना नहीं है।',
};
