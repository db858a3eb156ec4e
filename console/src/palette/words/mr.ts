import type { Translated } from '../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  title: 'शोधा किंवा काहीही करा',
  placeholder: 'नाव, फोन, ठिकाण किंवा एखादे काम',
  results: 'निकाल',
  go: 'इथे जा',
  do: 'करा',
  orders: 'ऑर्डर',
  products: 'कॅटलॉग',
  customers: 'ग्राहक',
  nothing: 'काही सापडले नाही. नाव किंवा फोनचा एखादा भाग लिहून पाहा.',
  searching: 'शोधत आहे',
  makeBill: 'काउंटरवर बिल करा',
  findBills: 'बिले शोधा',
  addProduct: 'दागिना जोडा',
  addCustomer: 'ग्राहक जोडा',
  switchTheme: 'उजळ किंवा गडद रंग बदला',
};
