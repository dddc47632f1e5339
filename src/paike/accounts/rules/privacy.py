"""The privacy notice that everybody agrees to at registration. Whoever changes a word changes the
version: a consent stores version and hash."""

from paike.kernel import canonical_json
from paike.kernel.text import Text

KIND = "privacy"
VERSION = "2021-03"
NOTICE = Text(
    "我们只收集办好本次征集所必需的信息：登录用的手机号或邮箱，投稿时填写的姓名、单位和联系方式。"
    "这些信息加密保存，只有处理您作品的单位、主办方和您本人能看到，公开页面上一律不出现。"
    "验证码 10 分钟后删除，访问网络的记录最长保留 180 天；"
    "未获奖作品所填的个人信息在结果公示期满 90 天后删除。"
    "您可以随时查看、更正、导出自己的信息，撤回同意或注销账号。",
    "We collect only what the call needs: the phone number or e-mail address you sign in with, and "
    "the name, workplace and contact you give with a work. It is stored encrypted; only the units "
    "that handle your work, the organiser and you can see it, and no public page ever shows it. "
    "Codes are deleted after 10 minutes, network records after at most 180 days; personal details "
    "given with works that win nothing, 90 days after the public notice of the result. "
    "You can see, correct and export your data, withdraw your consent or close your account at any time.",
)


def text_hash() -> str:
    """SHA-256 over both languages of the notice."""
    return canonical_json.digest({"zh": NOTICE.zh, "en": NOTICE.en, "version": VERSION})
