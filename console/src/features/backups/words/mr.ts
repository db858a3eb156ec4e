import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  state_none: 'अजून बॅकअप नाही',
  state_good: 'शेवटचा बॅकअप परत उघडून ताडून पाहिला',
  state_stale: 'शेवटचा तपासलेला बॅकअप 36 तासांपेक्षा जुना आहे',
  state_failed: 'सर्वात नवा बॅकअप झाला नाही',
  nightly: 'रोज रात्री दोन वाजून दहा मिनिटांनी एक होतो.',
  notNightly: 'आपोआप एकही होत नाही.',
  folder: 'ते {folder} मध्ये जातात.',
  sameDisk: 'ही दुकानाचीच डिस्क आहे: ती बिघडली तर दोन्ही जातील. BACKUP_DIR मध्ये दुसरी द्या.',
  last: 'मागचे बॅकअप',
  lastNote: 'प्रत्येक वेगळा उघडून ताडून पाहिल्यावरच धरला जातो',
  when: 'केव्हा',
  outcome: 'निकाल',
  made: 'उघडून ताडून पाहिला',
  failed: 'झाला नाही: {reason}',
  rows: 'ओळी',
  size: 'आकार',
  file: 'फाइल',
  emptyTitle: 'अजून बॅकअप नाही',
  emptyText: 'पहिला सुरू झाल्यावर थोड्या वेळाने आपोआप होतो. लगेच हवा असेल तर: npx swati backup',
  restore: 'बॅकअप परत आणा',
  restoreText: 'दुकानाच्या संगणकावर, दुकान बंद करून. आता जे आहे ते बाजूला जपले जाते; सगळ्यांना पुन्हा साइन इन करावे लागते.',
  copy: 'कमांड कॉपी करा',
};
