import type { Texts } from "../shell/language";

export const texts: Texts<{
  saving: string;
  saved: string;
  waiting: string;
  conflict: string;
  gone: string;
}> = {
  zh: {
    saving: "正在保存…",
    saved: "已保存",
    waiting: "尚未保存，已记在本机，正在自动重试",
    conflict: "已保存。您在另一台设备上也改过这份评分，以刚才这次为准",
    gone: "登录已过期，尚未保存。已记在本机：重新登录后打开本页，会自动保存",
  },
  en: {
    saving: "Saving…",
    saved: "Saved",
    waiting: "Not saved yet; kept on this device and tried again by itself",
    conflict: "Saved. This sheet was also changed on another device; this last change stands",
    gone: "Signed out, so not saved. It is kept on this device: sign in, open this page, and it is saved",
  },
};
