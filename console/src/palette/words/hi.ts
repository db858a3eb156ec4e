import type { Translated } from '../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  title: 'खोजें या कुछ भी करें',
  placeholder: 'नाम, फ़ोन, जगह या कोई काम',
  results: 'नतीजे',
  go: 'यहाँ जाएँ',
  do: 'करें',
  orders: 'ऑर्डर',
  products: 'कैटलॉग',
  customers: 'ग्राहक',
  nothing: 'कुछ नहीं मिला। नाम या फ़ोन का कोई हिस्सा लिखकर देखें।',
  searching: 'खोज रहे हैं',
  makeBill: 'काउंटर पर बिल बनाएँ',
  findBills: 'बिल खोजें',
  addProduct: 'गहना जोड़ें',
  addCustomer: 'ग्राहक जोड़ें',
  switchTheme: 'उजला या गहरा रंग बदलें',
};
