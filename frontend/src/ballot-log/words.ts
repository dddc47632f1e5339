/** What is said of each check. */

export interface Words {
  zh: string;
  en: string;
}

const say = (zh: string, en: string): Words => ({ zh, en });

export const WORDS = {
  entry: {
    good: say("选票内容完整。", "The ballot is complete."),
    bad: say(
      "选票内容不合格式，回执可能被改动过。",
      "The ballot is malformed: the receipt may have been changed.",
    ),
  },
  commitment: {
    good: say("这张选票是凭这份回执投出的。", "This ballot belongs to this receipt."),
    bad: say(
      "选票与回执对不上：是另一张选票，或被改动过。",
      "Ballot and receipt don't match: it is another ballot, or it was changed.",
    ),
  },
  key: {
    good: say("公钥属于这次投票的日志。", "The key is the one of this vote's log."),
    bad: say(
      "回执上的公钥不是这次投票日志的公钥。",
      "The key on the receipt is not the one of this vote's log.",
    ),
    unknown: say(
      "公钥取自回执本身，请与网站公布的公钥核对。",
      "The key was taken from the receipt itself. Compare it with the one the site publishes.",
    ),
  },
  promise: {
    good: say("收票时的签名承诺有效。", "The promise signed when the ballot was taken holds."),
    bad: say(
      "收票时的签名承诺无效。",
      "The promise signed when the ballot was taken does not hold.",
    ),
  },
  proof: {
    // The site hands over the head too: it may have shown others another one.
    good: say(
      "选票在日志密钥签过名的一份日志中，证明有效。这份证明由本网站给出；它是不是公开给所有人的那份日志，要在电脑上运行 paike-verify receipt 回执文件 --log 日志地址 来核对。",
      "The ballot is in a log that the log's key signed; the proof holds. This site handed it over: whether it is the log everybody is shown, paike-verify receipt FILE --log ADDRESS checks on a computer.",
    ),
    bad: say(
      "日志证明无效：不能证明选票在日志中。",
      "The proof does not hold: it doesn't show that the ballot is in the log.",
    ),
    unknown: say(
      "还没有日志证明，投票后一秒左右即有，请稍后再查。",
      "There is no proof from the log yet. It comes about a second after the vote; look again.",
    ),
  },
  unable: {
    insecure: say(
      "此页面不是安全连接（https），浏览器不提供核验功能。请用 https 打开，或用 paike-verify 核验。",
      "This page is not on a secure connection (https), so the browser can't check anything. Open it by https, or use paike-verify.",
    ),
    signatures: say(
      "此浏览器不能核验 Ed25519 签名。请升级浏览器，或用 paike-verify 核验。",
      "This browser can't check Ed25519 signatures. Update it, or use paike-verify.",
    ),
    format: say(
      "这不是拍客的选票回执，或文件不完整。",
      "This is not a ballot receipt of Paike, or the file is incomplete.",
    ),
  },
} as const;
