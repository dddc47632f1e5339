import type { Texts } from "../shell/language";

type Words = {
  checking: string;
  sending: string;
  paused: string;
  interrupted: string;
  arrived: string;
  refused: string;
  failed: string;
  another: string;
  amount(sent: string, size: string): string;
  speed(perSecond: string): string;
  left(minutes: number, seconds: number): string;
  kept(received: string, size: string): string;
  saving: string;
  saved(time: string): string;
  savedHere: string;
  overwritten(fields: string): string;
  change: string;
};

/** Words of the entry page. */
export const texts: Texts<Words> = {
  zh: {
    checking: "正在检查文件…",
    sending: "正在上传",
    paused: "已暂停",
    interrupted: "网络中断，已收到的部分都在，恢复后自动继续",
    arrived: "上传完成",
    refused: "这个文件不符合要求，没有上传",
    failed: "上传没有成功，请重新选择文件。",
    another: "这不是上次的文件。请选择同一个文件继续，或取消上次的上传后换新文件。",
    amount: (sent, size) => `${sent} / ${size}`,
    speed: (perSecond) => `每秒 ${perSecond}`,
    left: (minutes, seconds) =>
      minutes > 0 ? `还需约 ${minutes} 分 ${seconds} 秒` : `还需约 ${seconds} 秒`,
    kept: (received, size) => `已收到 ${received} / ${size}`,
    saving: "正在保存…",
    saved: (time) => `已保存 ${time}`,
    savedHere: "网络不通，已保存在这台设备上，恢复后自动上传。",
    overwritten: (fields) => `另一个页面也改过：${fields}。已保留您刚才写的内容。`,
    change: "换一个影片文件",
  },
  en: {
    checking: "Checking the file…",
    sending: "Uploading",
    paused: "Paused",
    interrupted: "The network broke. What has arrived is kept; it goes on by itself",
    arrived: "Upload complete",
    refused: "This file does not meet the rules and was not uploaded",
    failed: "The upload did not succeed. Choose the file again.",
    another:
      "This is not the file of last time. Choose the same file to go on, or cancel the upload to begin with another.",
    amount: (sent, size) => `${sent} / ${size}`,
    speed: (perSecond) => `${perSecond} per second`,
    left: (minutes, seconds) =>
      minutes > 0 ? `about ${minutes} min ${seconds} s left` : `about ${seconds} s left`,
    kept: (received, size) => `${received} of ${size} received`,
    saving: "Saving…",
    saved: (time) => `Saved at ${time}`,
    savedHere: "No network: saved on this device, and sent when it is back.",
    overwritten: (fields) =>
      `Another page changed this too: ${fields}. What you just wrote is kept.`,
    change: "Choose another film file",
  },
};
