import type { Texts } from "../shell/language";

export const texts: Texts<{
  chosen: string;
  more: (n: number) => string;
  full: string;
  ready: string;
  pick: string;
  picked: string;
  remove: (title: string) => string;
  votes: (n: number) => string;
  asOf: (when: string) => string;
  left: string;
  paused: string;
  opened: string;
  closed: string;
  reload: string;
  preparing: string;
  solving: string;
  holding: string;
  sending: string;
  offline: string;
  busy: string;
  tryIn: (seconds: number) => string;
  leaveOpen: string;
  counted: string;
  countedAgain: string;
  countedWords: string;
  code: string;
  toReceipt: string;
  save: string;
  goOn: string;
  refused: string;
  over: string;
  nextAt: (when: string) => string;
  mine: string;
  change: string;
  noPass: string;
  noPassWords: string;
  identify: string;
  notSent: string;
  elsewhere: string;
  close: string;
}> = {
  zh: {
    chosen: "已选",
    more: (n) => `还要选 ${n} 部`,
    full: "已选满，换作品请先取消一部",
    ready: "可以投票了",
    pick: "选这部",
    picked: "已选",
    remove: (title) => `去掉${title}`,
    votes: (n) => `${n} 票`,
    asOf: (when) => `票数截至 ${when}。`,
    left: "已退出投票",
    paused: "暂停投票",
    opened: "投票已经开始。",
    closed: "投票已经结束。",
    reload: "刷新页面",
    preparing: "正在准备选票…",
    solving: "投票的人很多，正在确认这不是程序在操作，通常不到一秒…",
    holding: "正在核对，三秒后送出…",
    sending: "正在计票…",
    offline: "网络断了，选票还没有送到",
    busy: "选票还没有收下，正在重试",
    tryIn: (seconds) => `${seconds} 秒后自动重试。`,
    leaveOpen: "选票保存在这部手机上，请不要关闭页面。同一张选票不会重复计入。",
    counted: "这张选票已计入",
    countedAgain: "这张选票先前已经计入",
    countedWords: "回执已保存在这部手机上，凭它随时可以核对。",
    code: "回执编号",
    toReceipt: "查看回执并核对",
    save: "保存回执文件",
    goOn: "继续看作品",
    refused: "这张选票没有计入",
    over: "投票早已结束",
    nextAt: (when) => `下次可投票：${when}。`,
    mine: "看我的选票",
    change: "去修改",
    noPass: "还没有确认您是谁",
    noPassWords:
      "浏览器没有保存 Cookie，或确认没有完成。请允许本站使用 Cookie，再试一次；选择都在。",
    identify: "去确认身份",
    notSent: "上次的选票还没有投出，选择都在，请再点一次“投票”。",
    elsewhere: "另一个标签页正在投这张选票。",
    close: "关闭",
  },
  en: {
    chosen: "chosen",
    more: (n) => `${n} more to choose`,
    full: "Full. Take one off to choose another",
    ready: "Ready to vote",
    pick: "Choose",
    picked: "Chosen",
    remove: (title) => `Take off ${title}`,
    votes: (n) => (n === 1 ? "1 vote" : `${n} votes`),
    asOf: (when) => `Counts as of ${when}.`,
    left: "Has left the vote",
    paused: "Voting paused",
    opened: "The vote is open now.",
    closed: "The vote has closed.",
    reload: "Reload the page",
    preparing: "Preparing your ballot…",
    solving: "Many people are voting. Checking that no program is at work; about a second…",
    holding: "Checking. Your ballot goes out in three seconds…",
    sending: "Your ballot is being counted…",
    offline: "You are offline; your ballot has not arrived yet",
    busy: "Your ballot was not taken yet; trying again",
    tryIn: (seconds) => `Next try in ${seconds} s.`,
    leaveOpen:
      "The ballot is kept on this phone. Leave this page open. The same ballot never counts twice.",
    counted: "Your ballot is counted",
    countedAgain: "This ballot was counted before",
    countedWords:
      "Its receipt is kept on this phone: with it you can check the ballot at any time.",
    code: "Receipt",
    toReceipt: "See and check the receipt",
    save: "Save the receipt file",
    goOn: "Watch more works",
    refused: "This ballot was not counted",
    over: "The vote ended long ago",
    nextAt: (when) => `You can vote again on ${when}.`,
    mine: "My ballots",
    change: "Change it",
    noPass: "We don't know who you are yet",
    noPassWords:
      "Your browser didn't keep our cookie, or signing in was not finished. Allow cookies for this site and try again; your choices are kept.",
    identify: "Sign in",
    notSent: "Your last ballot was not sent. Your choices are here; please tap “Vote” again.",
    elsewhere: "Another tab is sending this ballot.",
    close: "Close",
  },
};
