import type { Texts } from "../shell/language";

type Fate = { name: string; words: string };

export const texts: Texts<{
  fates: Record<string, Fate>;
  place: (n: number) => string;
  checking: string;
  good: string;
  bad: string;
  unknown: string;
  show: string;
  hide: string;
  gone: (n: number) => string;
  receipt: string;
  unreachable: string;
  witnessed: (names: string, size: string) => string;
}> = {
  zh: {
    fates: {
      accepted: { name: "已收下", words: "选票已存盘，一两秒后写入公开的选票日志。" },
      logged: {
        name: "已计入",
        words: "选票在公开的选票日志里，任何人都能核对，没有人能改动或删去。",
      },
      quarantined: {
        name: "暂缓计入",
        words: "这张选票与一批异常选票相似，暂不计入，等两位工作人员复核。您不用做什么。",
      },
      released: { name: "复核后计入", words: "曾暂缓计入，两位工作人员复核后恢复。" },
      void: { name: "已作废", words: "两位工作人员复核后判定作废，理由写在选票日志里。" },
      "not-counted": { name: "没有计入", words: "这张选票没有计入。" },
    },
    place: (n) => `第 ${n} 条`,
    checking: "正在核对…",
    good: "核对无误",
    bad: "核对不符，请保存回执文件并告诉主办单位",
    unknown: "有一项现在核对不了",
    show: "显示我选的作品",
    hide: "收起",
    gone: (n) => `${n} 号作品（已退出投票）`,
    receipt: "回执",
    unreachable: "网络不通，暂时查不到这张选票的状态。回执在这部手机上，稍后再看。",
    witnessed: (names, size) => `${names} 已联署到第 ${size} 条`,
  },
  en: {
    fates: {
      accepted: {
        name: "Taken",
        words:
          "Your ballot is stored. It gets its place in the public ballot log in a second or two.",
      },
      logged: {
        name: "Counted",
        words:
          "Your ballot stands in the public ballot log: anybody can check it, nobody can change or remove it.",
      },
      quarantined: {
        name: "Held back",
        words:
          "This ballot resembles a batch of unusual ones and is held back until two people have looked at it. You need not do anything.",
      },
      released: {
        name: "Counted after review",
        words: "It was held back for a while; two people looked at it and it counts.",
      },
      void: {
        name: "Void",
        words:
          "Two people looked at this ballot and declared it void. Their reason stands in the ballot log.",
      },
      "not-counted": { name: "Not counted", words: "This ballot was not counted." },
    },
    place: (n) => `entry ${n}`,
    checking: "Checking…",
    good: "All checks passed",
    bad: "A check failed. Save the receipt file and tell the organiser",
    unknown: "One thing can't be checked just now",
    show: "Show the works I chose",
    hide: "Hide them",
    gone: (n) => `Work ${n} (has left the vote)`,
    receipt: "Receipt",
    unreachable:
      "No network: the ballot's state can't be asked for. Its receipt is on this phone; look again later.",
    witnessed: (names, size) => `The first ${size} entries, by ${names}`,
  },
};
