"""What the intake says to people when it does not take a ballot."""

from paike.kernel.text import Text

FOREIGN = Text("这个请求不是从本站页面发出的。", "This request did not come from one of our pages.")
NO_CONTEST = Text("没有这场投票。", "There is no such vote.")
METHOD = Text("不支持的请求。", "This request is not supported.")
BROKEN_BODY = Text(
    "选票没有完整送达，请再提交一次，您的选择都在。",
    "The ballot did not arrive whole. Send it again; your choices are kept.",
)
NO_PASS = Text(
    "投票前请先验证身份，您的选择都在。",
    "Please confirm who you are before voting. Your choices are kept.",
)
TOKEN = Text(
    "这张选票的凭据已失效，正在换新的，请再提交一次。",
    "The permit of this ballot has run out. Send the ballot again; a new one is fetched.",
)
TOO_EARLY = Text("请过几秒再提交。", "Please wait a few seconds before sending the ballot.")
NOT_YET = Text("投票还没有开始。", "The vote has not begun.")
OPENING = Text(
    "投票正在开启，页面会自动重试，您的选择都在。",
    "The vote is just opening. The page tries again by itself; your choices are kept.",
)
CLOSED = Text(
    "投票已经截止，这张选票没有计入。", "The vote is closed. This ballot was not counted."
)
CLOSING = Text(
    "投票刚刚截止，正在确认这张选票是否已计入，页面会自动重试。",
    "The vote has just closed. The page tries again by itself to learn whether this ballot was "
    "counted.",
)
OVER = Text(
    "投票早已结束，核对选票的密钥已按规则销毁，无法再查这张选票是否计入。",
    "The vote ended long ago and the key that recognises a ballot was destroyed as its rules say: "
    "whether this one was counted can't be looked up any more.",
)
USED_UP = Text(
    "本时段的选票您已经投过，这一张没有计入，先前的选票有效。",
    "You have voted in this period already. This ballot was not counted; the earlier one stands.",
)
INVALID = Text(
    "选票不符合规则，没有计入。您的选择都在，改好后再提交。",
    "The ballot breaks the rules and was not counted. Your choices are kept; change them and send "
    "it again.",
)
PAUSED = Text(
    "所选作品中有的暂停接受投票。请换一部作品，或稍后再投。",
    "One of the works you chose takes no votes for a while. Choose another, or vote later.",
)
FULL = Text(
    "投票的人很多，这张选票还没有收下，页面会自动重试，不要关闭。",
    "Many people are voting. This ballot was not taken yet; the page tries again by itself, leave "
    "it open.",
)
FAILED = Text(
    "服务器没能收下这张选票，页面会自动重试，您的选择都在。",
    "The server could not take this ballot. The page tries again by itself; your choices are kept.",
)
HALTED = Text(
    "投票因技术检查暂停，这张选票还没有计入；页面会自动重试，您的选择都在。",
    "The vote is paused for a technical check; this ballot was not counted yet. The page tries again "
    "by itself; your choices are kept.",
)
NO_RECEIPT = Text(
    "没有这个回执编号，请核对后再查。", "There is no such receipt code. Check it and try again."
)
TOO_OFTEN = Text(
    "操作太频繁。页面会在几秒后自动重试，您的选择都在。",
    "That was too often. The page tries again in a few seconds; your choices are kept.",
)
CHALLENGE = Text(
    "投票的人很多，正在确认这不是程序在操作，通常不到一秒。",
    "Many people are voting. Checking that no program is at work; this takes about a second.",
)
