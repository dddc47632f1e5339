import type { Texts } from "../shell/language";

/** The parts of a bar, in the order of the road. */
export const texts: Texts<{ parts: string[] }> = {
  zh: { parts: ["报送后未通过或审核中", "审核通过", "已推荐", "已入围"] },
  en: { parts: ["Submitted", "Accepted", "Recommended", "Shortlisted"] },
};
