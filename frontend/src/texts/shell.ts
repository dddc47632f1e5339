import type { Texts } from "../shell/language";

export const texts: Texts<{ offline: string }> = {
  zh: { offline: "网络已断开。已填写的内容还在，恢复后会继续。" },
  en: {
    offline:
      "You are offline. What you typed is still here and will go on when the network is back.",
  },
};
