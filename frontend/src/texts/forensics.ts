import type { Texts } from "../shell/language";

interface Words {
  usual: string;
  others: string;
  suspect: string;
  inSuspect: string;
  inOthers: string;
}

export const texts: Texts<Words> = {
  zh: {
    usual: "平常",
    others: "其余选票",
    suspect: "可疑选票",
    inSuspect: "可疑选票中",
    inOthers: "其余选票中",
  },
  en: {
    usual: "Usual",
    others: "Other ballots",
    suspect: "Suspect ballots",
    inSuspect: "On suspect ballots",
    inOthers: "On the others",
  },
};
