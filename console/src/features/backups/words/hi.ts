import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  state_none: 'अभी कोई बैकअप नहीं है',
  state_good: 'पिछला बैकअप वापस खोलकर मिलाया गया',
  state_stale: 'पिछला जाँचा हुआ बैकअप 36 घंटे से पुराना है',
  state_failed: 'सबसे नया बैकअप नहीं बना',
  nightly: 'हर रात दो बजकर दस मिनट पर एक बनता है।',
  notNightly: 'अपने आप कोई नहीं बनता।',
  folder: 'वे {folder} में जाते हैं।',
  sameDisk: 'यह दुकान की ही डिस्क है: वह ख़राब हुई तो दोनों गए। BACKUP_DIR में दूसरी डिस्क दें।',
  last: 'पिछले बैकअप',
  lastNote: 'हर एक अलग खोलकर मिलाने के बाद ही गिना जाता है',
  when: 'कब',
  outcome: 'नतीजा',
  made: 'खोलकर मिलाया गया',
  failed: 'नहीं बना: {reason}',
  rows: 'पंक्तियाँ',
  size: 'आकार',
  file: 'फ़ाइल',
  emptyTitle: 'अभी कोई बैकअप नहीं',
  emptyText: 'पहला शुरू होने के कुछ देर बाद अपने आप बनता है। अभी बनाने के लिए: npx swati backup',
  restore: 'बैकअप वापस लाएँ',
  restoreText: 'दुकान के कंप्यूटर पर, दुकान बंद करके। जो अभी है वह साथ में बचा रहता है; सबको फिर साइन इन करना होता है।',
  copy: 'कमांड कॉपी करें',
};
