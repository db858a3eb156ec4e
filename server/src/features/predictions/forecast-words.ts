// What a forecast says in a sentence that needs no statistics, in the console's languages.

import { formatRupees } from '../../domain/money.ts';
import type { Metal } from '../../domain/price.ts';
import type { Language } from '../../domain/user.ts';
import type { PaiseRange } from './forecast-price.ts';

export interface ForecastFacts {
  metal: Metal;
  purity: string;
  lastDay: string;
  lastPaise: number;
  targetDay: string;
  range80: PaiseRange;
  /** Per cent over a month of 21 weekdays, and the usual move of one weekday. */
  driftPercentAMonth: number;
  movePercentADay: number;
  /** True while the shop has recorded no rate: then the last price is the world's plus a premium. */
  isParity: boolean;
}

const METAL_WORDS: Record<Language, Record<Metal, string>> = {
  en: { gold: 'Gold', silver: 'Silver', platinum: 'Platinum' },
  hi: { gold: 'सोना', silver: 'चाँदी', platinum: 'प्लैटिनम' },
  mr: { gold: 'सोने', silver: 'चांदी', platinum: 'प्लॅटिनम' },
};
const LOCALES: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN', mr: 'mr-IN' };

/** The same facts in every language. */
export function forecastSentences(facts: ForecastFacts): Record<Language, string> {
  return { en: inEnglish(facts), hi: inHindi(facts), mr: inMarathi(facts) };
}

function inEnglish(facts: ForecastFacts): string {
  const { name, last, lower, upper, drift, move, lastDay, targetDay } = partsOf(facts, 'en');
  const level = facts.isParity
    ? `${name}: with no rate recorded here, about ${last} a gram is taken from the world price of ${lastDay} and the usual premium.`
    : `${name} stood at ${last} a gram on ${lastDay}.`;
  return (
    `${level} It usually moves ${move}% a day, and half of its long-run rise, ${drift}% a month, is counted on. ` +
    'Nobody can say reliably whether it goes up or down next week; in 8 of 10 cases the real price ends inside the ' +
    `range shown, ${lower} to ${upper} on ${targetDay}.`
  );
}

function inHindi(facts: ForecastFacts): string {
  const { name, last, lower, upper, drift, move, lastDay, targetDay } = partsOf(facts, 'hi');
  const level = facts.isParity
    ? `${name}: यहाँ कोई भाव दर्ज नहीं है; ${lastDay} के विश्व भाव और सामान्य प्रीमियम से भाव लगभग ${last} प्रति ग्राम माना गया है।`
    : `${name}: ${lastDay} को भाव ${last} प्रति ग्राम था।`;
  return (
    `${level} यह आम तौर पर दिन में ${move}% ऊपर-नीचे होता है, और लंबी बढ़त का आधा, महीने में ${drift}%, गिना गया है। ` +
    'अगले हफ़्ते भाव चढ़ेगा या उतरेगा, यह भरोसे से कोई नहीं बता सकता; 10 में से 8 बार असली भाव दिखाए गए दायरे में रहता है: ' +
    `${targetDay} को ${lower} से ${upper}।`
  );
}

function inMarathi(facts: ForecastFacts): string {
  const { name, last, lower, upper, drift, move, lastDay, targetDay } = partsOf(facts, 'mr');
  const level = facts.isParity
    ? `${name}: इथे एकही भाव नोंदवलेला नाही; ${lastDay} चा जागतिक भाव आणि नेहमीचा प्रीमियम यांवरून भाव प्रति ग्रॅम सुमारे ${last} धरला आहे.`
    : `${name}: ${lastDay} रोजी भाव प्रति ग्रॅम ${last} होता.`;
  return (
    `${level} तो साधारणपणे दिवसाला ${move}% वर-खाली होतो, आणि दीर्घकालीन वाढीचा अर्धा भाग, महिन्याला ${drift}%, गृहीत धरला आहे. ` +
    'पुढच्या आठवड्यात भाव वाढेल की उतरेल हे खात्रीने कोणी सांगू शकत नाही; 10 पैकी 8 वेळा खरा भाव दाखवलेल्या पट्ट्यात राहतो: ' +
    `${targetDay} रोजी ${lower} ते ${upper}.`
  );
}

function partsOf(facts: ForecastFacts, language: Language) {
  // Marathi sets the year off with a comma, the console does not.
  const day = (text: string): string =>
    new Date(`${text}T00:00:00Z`)
      .toLocaleDateString(LOCALES[language], {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
        numberingSystem: 'latn',
      })
      .replace(',', '');
  return {
    name: `${METAL_WORDS[language][facts.metal]} ${facts.purity}`,
    last: wholeRupees(facts.lastPaise),
    lower: wholeRupees(facts.range80.lower),
    upper: wholeRupees(facts.range80.upper),
    drift: facts.driftPercentAMonth.toFixed(1),
    move: facts.movePercentADay.toFixed(1),
    lastDay: day(facts.lastDay),
    targetDay: day(facts.targetDay),
  };
}

/** A range in paise would promise more than it knows. Silver costs little: there the paise stay. */
function wholeRupees(paise: number): string {
  if (paise < 100_000) return formatRupees(paise);
  return formatRupees(Math.round(paise / 100) * 100).slice(0, -3);
}
