import type { Texts } from "../base/language";

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
    waiting: "没有网络，尚未保存；恢复后自动重试",
    conflict: "已保存。您在另一台设备上也改过这份评分，以刚才这次为准",
    gone: "没有保存，请重新登录后再试",
  },
  en: {
    saving: "Saving…",
    saved: "Saved",
    waiting: "No network, not saved yet; trying again by itself",
    conflict: "Saved. This sheet was also changed on another device; this last change stands",
    gone: "Not saved. Sign in again and retry",
  },
};
