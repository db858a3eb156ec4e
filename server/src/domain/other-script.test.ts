import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inOtherScript } from './other-script.ts';
import { toSearchText } from './search-text.ts';

/** Names of Maharashtra and of the north: in Devanagari, as they may stand, and in Latin letters, as they are typed. */
const NAMES = `
आशा: Asha Aasha
सीता/सिता: Sita Seeta
पूजा/पुजा: Pooja Puja
लक्ष्मी: Lakshmi Laxmi Lakshmee Laxmee
ज्ञानेश्वर: Dnyaneshwar Gyaneshwar Dnyaneshvar Jnaneshwar
कृष्ण/कृष्णा: Krishna Krushna
गणपत: Ganpat Ganapat
अण्णा/अन्ना: Anna
विठ्ठल/विट्ठल: Vitthal Vithal
श्रीकांत/श्रीकान्त: Shrikant Shreekant Srikant
गणेश: Ganesh
संजय: Sanjay
विजय: Vijay
अजय: Ajay
जयश्री: Jayashree Jayshree Jayshri
राजेंद्र/राजेन्द्र/राजेंदर: Rajendra Rajender
सुरेंद्र: Surendra Surender
सुरिंदर/सुरिन्दर: Surinder
महेंद्र: Mahendra
दत्तात्रय: Dattatray Dattatraya Datatray
तुकाराम: Tukaram
ऋतुजा: Rutuja Rituja
हृषीकेश: Hrishikesh Hrushikesh
ऋषिकेश: Rishikesh Rushikesh
अमृता: Amruta Amrita
वृंदा/वृन्दा: Vrinda Vrunda
प्रज्ञा: Pradnya Pragya Prajna
प्रिया: Priya Pria Preeya
दिया: Diya Dia
सई: Sai Saee
श्वेता: Shweta Shveta Sweta
स्वाती/स्वाति: Swati Svati Swaati
अश्विनी: Ashwini Ashvini Ashwinee
मीनाक्षी/मिनाक्षी: Meenakshi Minakshi Minaxi
क्षितिज: Kshitij Xitij
अक्षय: Akshay Akshaya Axay
लक्ष्मण: Laxman Lakshman Laxaman
सूर्यकांत: Suryakant Sooryakant
सिद्धी/सिद्धि: Siddhi Sidhi
श्रद्धा: Shraddha Shradha
आदित्य: Aditya Aaditya
अद्वैत: Advait Adwait
ऐश्वर्या: Aishwarya Aishvarya
वैशाली: Vaishali Waishali
गौरव: Gaurav Gourav
गौरी: Gauri Gouri Gowri
द्रौपदी: Draupadi Dropadi
मुग्धा: Mugdha
ज्योती/ज्योति: Jyoti Jyotee
भाग्यश्री: Bhagyashree Bhagyashri
फातिमा: Fatima Phatima Faatima
फ़रहान/फरहान: Farhan
इक़बाल/इकबाल: Iqbal Ikbal
हुसैन: Hussain Husain Hussein
मोहम्मद: Mohammad Mohammed
अहमद: Ahmed Ahmad
ज़ीनत/झीनत: Zeenat Zinat Jeenat
ईश्वर: Ishwar Eeshwar
एकनाथ: Eknath
ओमकार/ओंकार: Omkar
छाया: Chhaya Chaya
जान्हवी: Janhavi Jaanhavi
झवेरी/ज़वेरी: Zaveri Javeri Jhaveri
गुरप्रीत: Gurpreet Gurprit
जसविंदर: Jaswinder Jasvinder
बाळासाहेब: Balasaheb
भाऊ: Bhau Bhaoo
पाटील/पाटिल: Patil Pateel
देशमुख: Deshmukh
देशपांडे/देशपाण्डे: Deshpande Deshapande
कुलकर्णी: Kulkarni Kulkarnee
जाधव: Jadhav Jadhaw
चव्हाण: Chavan Chavhan
चौहान: Chauhan Chouhan
शिंदे/शिन्दे: Shinde
पवार: Pawar Pavar
गायकवाड: Gaikwad Gaykwad Gaekwad Gayakwad
मोरे: More
काळे: Kale
कदम: Kadam
सावंत: Sawant Savant
साळुंखे: Salunkhe Salunke
भोसले: Bhosale Bhosle
जोशी: Joshi
गोखले: Gokhale Gokhle
फडके: Phadke Fadke Phadake
आपटे: Apte Aapte
राणे: Rane
राव: Rao Rav
राऊत/राउत: Raut
नाईक/नायक: Naik
निंबाळकर: Nimbalkar
वाघमारे: Waghmare Vaghmare
सोनवणे: Sonawane Sonavane
सूर्यवंशी: Suryawanshi Suryavanshi
जळगावकर/जळगांवकर: Jalgaonkar
क्षीरसागर: Kshirsagar Ksheersagar
म्हात्रे: Mhatre
तेंडुलकर: Tendulkar
शर्मा: Sharma
वर्मा: Verma Varma
मिश्रा/मिश्र: Mishra Misra
शुक्ला/शुक्ल: Shukla
गुप्ता/गुप्त: Gupta
अग्रवाल/अगरवाल: Agrawal Agarwal Aggarwal
सिंह/सिंग/सिंघ: Singh
यादव: Yadav Yadaw
चौधरी: Chaudhari Choudhary Chaudhary Chowdhary
तिवारी: Tiwari Tiwary Tivari
त्रिवेदी: Trivedi
द्विवेदी: Dwivedi Dvivedi
चतुर्वेदी: Chaturvedi
पांडेय/पांडे/पाण्डेय: Pandey
दुबे: Dubey Dube
राठोड: Rathod
राठौर/राठौड़: Rathore Rathor
चोपड़ा/चोप्रा: Chopra
कपूर: Kapoor Kapur
खन्ना: Khanna
दीक्षित: Dixit Dikshit
उपाध्याय: Upadhyay Upadhyaya
भट्टाचार्य: Bhattacharya Bhatacharya
बनर्जी: Banerjee Banerji
मुखर्जी: Mukherjee Mukherji
शेख: Shaikh Sheikh Shekh
पठाण/पठान: Pathan
क़ुरैशी/कुरेशी: Qureshi Kureshi
कौर: Kaur
शाह/शहा: Shah
`
  .trim()
  .split('\n')
  .map((line) => line.split(': ') as [string, string])
  .map(([devanagari, latin]) => ({ devanagari: devanagari.split('/'), latin: latin.split(' ') }));

function finds(typed: string, stored: string): boolean {
  const other = inOtherScript(typed);
  return other !== null && new RegExp(other.pattern).test(toSearchText(stored));
}

/** Everyone who is found by what somebody else is called, as "typed stored". */
function falseFinds(from: 'latin' | 'devanagari', cut?: number): string[] {
  const to = from === 'latin' ? 'devanagari' : 'latin';
  return NAMES.flatMap((one) =>
    NAMES.filter((other) => other !== one).flatMap((other) =>
      one[from].flatMap((typed) =>
        other[to]
          .filter((stored) => finds(typed.slice(0, cut), stored))
          .map((stored) => `${typed} ${stored}`),
      ),
    ),
  );
}

describe('a name in the other script', () => {
  it('is found by every spelling of it, in both directions', () => {
    const missed = NAMES.flatMap(({ devanagari, latin }) =>
      devanagari.flatMap((one) =>
        latin.flatMap((other) => [
          ...(finds(other, one) ? [] : [`${other} does not find ${one}`]),
          ...(finds(one, other) ? [] : [`${one} does not find ${other}`]),
        ]),
      ),
    );
    assert.deepEqual(missed, []);
    assert.ok(NAMES.length >= 120);
  });

  it('is hardly ever found by the name of somebody else: of 16,000 pairs by four', () => {
    assert.deepEqual(falseFinds('latin'), ['Sai शेख', 'Saee शेख', 'Rathod राठौड़']);
    assert.deepEqual(falseFinds('devanagari'), ['सई Shaikh', 'राठौड़ Rathod']);
  });

  it('is found while it is being typed, with fewer others than there are in the script that is typed', () => {
    for (const [typed, stored] of [
      ['ki', 'किरण'],
      ['kr', 'कृष्ण'],
      ['mu', 'मुग्धा'],
      ['deshp', 'देशपांडे'],
      ['gaik', 'गायकवाड'],
      ['गण', 'Ganesh'],
      ['श्री', 'Shrikant'],
      ['देशपां', 'Deshpande'],
    ] as const) {
      assert.ok(finds(typed, stored), `${typed} ${stored}`);
    }
    for (const length of [2, 3, 4]) {
      const firsts = NAMES.map(({ devanagari, latin }) => [devanagari[0], latin[0]] as [string, string]);
      const typed = firsts.map(([, latin]) => latin.slice(0, length));
      const others = typed.flatMap((text) => firsts.filter(([devanagari]) => finds(text, devanagari)));
      const same = typed.flatMap((text) =>
        firsts.filter(([, latin]) => toSearchText(latin).includes(toSearchText(text))),
      );
      assert.ok(others.length < same.length, `${length}: ${others.length} and ${same.length}`);
    }
  });

  it('is found word by word, each from its beginning, beside words as they were typed', () => {
    for (const [typed, stored] of [
      ['asha patil', 'आशा पाटील'],
      ['Asha  P', 'आशा पाटील'],
      ['patil', 'आशा पाटील'],
      ['asha patil', 'आशा Patil'],
      ['आशा पा', 'Asha Patil'],
      ['asha (mumbai)', 'आशा (Mumbai)'],
      ['ring 22k', 'रिंग 22k'],
      ['nath', 'सोन्याची-नथ'],
      // As the letter comes from another keyboard.
      ['kada', 'क\u095Cा'],
    ] as const) {
      assert.ok(finds(typed, stored), `${typed} ${stored}`);
    }
    for (const [typed, stored] of [
      ['asha patil', 'पाटील आशा'],
      ['sha', 'आशा'],
      ['asha patil', 'आशा'],
      ['ram', 'Ram'],
      ['आशा', 'आशा'],
      ['asha.*', 'आशा पाटील'],
      ['(asha|x)', 'आशा'],
    ] as const) {
      assert.ok(!finds(typed, stored), `${typed} ${stored}`);
    }
  });

  it('is not looked for by less than two letters, both scripts, none of them, or a long text', () => {
    for (const typed of [
      '',
      ' ',
      'a',
      'आ',
      'a b',
      '98200',
      '%',
      '१२',
      'asha पाटील',
      '्््',
      'ा',
      '"a"',
      'ab'.repeat(31),
    ]) {
      assert.equal(inOtherScript(typed), null, typed);
    }
  });

  it('costs little, whatever is typed and stored', () => {
    for (const unit of [
      'a',
      'sh',
      'kaka',
      'nmnm',
      'aiai',
      'iay',
      'ea',
      '्',
      'क',
      'क्',
      'चक',
      'ई',
      'ईय',
      'औउ',
      'ंन',
      'वन',
      '़ीु',
    ]) {
      assert.equal(inOtherScript(unit.repeat(200)), null);
      const other = inOtherScript(unit.repeat(60).slice(0, 60));
      for (const text of [
        'a',
        'sh',
        'kk',
        'k',
        'nm',
        'i',
        'ou',
        'cch',
        'onn',
        'क्',
        'क',
        '्',
        'ि',
        'ं',
        'िय',
        'ाइ',
      ]) {
        // A pattern that tries every way to read such a text would not come to its end.
        if (other) new RegExp(other.pattern).test(`${text.repeat(100)}!`);
      }
    }
  });
});
