import { plainText } from './plain-text.ts';

export type Language = 'nl' | 'en';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that are common in one language and absent, or rare, in the other. */
const DUTCH = words(
  'ik jij je jullie u uw wij zij het een en van voor naar met niet geen ook maar nog wel dan die dat deze dit zijn heb hebben heeft ben bent kan kun kunnen kunt wil willen mag moet moeten wat waar wanneer hoe hoeveel wie welke waarom zoek zoeken zoekt auto graag vandaag morgen overmorgen zaterdag zondag maandag dinsdag woensdag donderdag vrijdag hallo hoi goedemorgen goedemiddag goedenavond goedendag dag bedankt dankjewel dank ja nee oke prima iemand afspraak prijs kost kosten open geopend onder tot vanaf tussen euro duizend openingstijden spreken bellen doei groetjes mvg alvast elektrische benzine tweedehands nieuwe mijn mij uit bij over als er',
);
const ENGLISH = words(
  'i you your yours we they the a an and of for to with not no also but still then that this these those are is am was have has had can could would will want may must what where when how many much who which why looking search car please today tomorrow saturday sunday monday tuesday wednesday thursday friday hello hey hi good morning afternoon evening thanks thank yes someone somebody appointment price cost under below between pounds thousand opening hours speak talk call bye cheers electric petrol used my me from about if there do does did on in it',
);
/** In both lists' languages: they say nothing. */
const SHARED = words('in is was of we open hi hallo oke over die me mij an a to');

const LONGEST_WORD = 30;

export interface DetectedLanguage {
  language: Language;
  /** 0.5 is a guess, 1 is certain. */
  confidence: number;
}

/** null: nothing to go by ("Golf?", "👍"). */
export function detectLanguage(raw: string): DetectedLanguage | null {
  let dutch = 0;
  let english = 0;
  for (const word of plainText(raw).split(/[^a-z']+/)) {
    if (SHARED.has(word) || word.length > LONGEST_WORD) continue;
    if (DUTCH.has(word)) dutch += 1;
    if (ENGLISH.has(word)) english += 1;
    if (/^(?:.*ij.*|.*[aeou]{2}[a-z]*en|.*sch.*|.*oe[a-z]+)$/.test(word) && word.length > 4 && !ENGLISH.has(word)) dutch += 0.5;
    if (/(?:ing|tion|'s|'re|'ll|n't)$/.test(word) && word.length > 4 && !DUTCH.has(word) && !word.endsWith('ring')) english += 0.5;
  }
  if (dutch === english) return null;
  return { language: dutch > english ? 'nl' : 'en', confidence: Math.min(1, 0.5 + Math.abs(dutch - english) / (2 * (dutch + english))) };
}
