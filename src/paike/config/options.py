"""Every setting of an installation, in one table: `docs/operate/settings.md` is checked against it.

A setting is an environment variable. Nothing is read from anywhere else.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Option:
    """One environment variable: its name, its default, and what it is for (Chinese, English)."""

    name: str
    default: str
    zh: str
    en: str

    def read(self) -> str:
        return os.environ.get(self.name, self.default)


OPTIONS = (
    Option("PAIKE_DATA", "paike-data", "数据目录", "the data folder"),
    Option(
        "PAIKE_DATABASE_URL",
        "",
        "外部 PostgreSQL；留空则用内置的",
        "a PostgreSQL server; empty: the embedded one",
    ),
    Option(
        "PAIKE_POSTGRES_BIN",
        "",
        "PostgreSQL 程序目录；留空则用随附的",
        "folder of PostgreSQL's programs; empty: the ones that come with Paike",
    ),
    Option(
        "PAIKE_URL",
        "http://127.0.0.1:8000",
        "访问地址，用于二维码和邮件",
        "public address, for QR codes and mail",
    ),
    Option(
        "PAIKE_DEVELOPMENT",
        "",
        "1：开发页面显示短信、邮件，不得用于正式服务；PAIKE_URL 为 https 时须写 public 才打开",
        "1: a development page shows SMS and mail, never in production; with an https PAIKE_URL it "
        "opens only for the value public",
    ),
    Option("PAIKE_CLOCK_FILE", "", "演示用：可移动的时钟", "demo only: a clock that can be moved"),
    Option(
        "PAIKE_SMS_URL",
        "",
        "短信网关地址；留空则不发短信（开发模式显示在终端）",
        "SMS gateway; empty: no SMS (in development shown in the terminal)",
    ),
    Option("PAIKE_SMS_TOKEN", "", "短信网关密钥", "the gateway's token"),
    Option(
        "PAIKE_MAIL_URL",
        "",
        "邮件服务器 smtp://…；留空则不发邮件（开发模式显示在终端）",
        "mail server smtp://…; empty: no mail (in development shown in the terminal)",
    ),
    Option("PAIKE_MAIL_FROM", "paike@localhost", "发件人", "sender of mail"),
    Option(
        "PAIKE_STORE_URL",
        "",
        "对象存储 s3://桶?endpoint=…；留空则用数据目录",
        "object store s3://bucket?endpoint=…; empty: the data folder",
    ),
    Option(
        "PAIKE_ACCEL",
        "",
        "由 nginx 发送影片时的内部路径，如 /objects/；留空则自己发送",
        "internal path from which nginx sends films, such as /objects/; empty: sent by ourselves",
    ),
    Option(
        "PAIKE_SANDBOX",
        "",
        "unfiltered：没有 seccomp 的机器也检测影片（不安全）",
        "unfiltered: inspect films even where seccomp is missing (unsafe)",
    ),
    Option(
        "PAIKE_RENDITION_PRESET",
        "veryfast",
        "x264 预设（转码快慢）",
        "x264 preset of the renditions",
    ),
    Option(
        "PAIKE_INTAKE_URL",
        "",
        "选票接收进程的地址，paike up 自行设置；留空则网页进程不转发",
        "address of the intake, set by `paike up`; empty: the web process passes nothing on",
    ),
    Option(
        "PAIKE_INTAKE_SHARDS",
        "1",
        "选票按投票人分成几份，供多台机器分担",
        "into how many shares voters are divided, for several machines",
    ),
    Option(
        "PAIKE_WECHAT_APP_ID",
        "",
        "公众号 AppID，用微信投票时需要",
        "WeChat app id, for votes by WeChat",
    ),
    Option("PAIKE_WECHAT_APP_SECRET", "", "公众号 AppSecret", "WeChat app secret"),
    Option(
        "PAIKE_WECHAT_API",
        "https://api.weixin.qq.com",
        "微信接口地址",
        "address of WeChat's interface",
    ),
    Option(
        "PAIKE_VOTER_SECRET",
        "",
        "与自有登录的客户端共享的密钥，至少 32 个字符",
        "secret shared with an app that has its own login, at least 32 characters",
    ),
    Option("PAIKE_TRUSTED_PROXIES", "0", "前置代理层数", "number of proxies in front"),
)


def read(name: str) -> str:
    """The value of a known setting. Raises KeyError for a name that is not in the table."""
    return {option.name: option for option in OPTIONS}[name].read()


def development() -> bool:
    """Whether development pages open. They show every code and letter, so an https address, which
    others surely reach, needs the word `public` in the place of the 1."""
    wanted = read("PAIKE_DEVELOPMENT")
    return wanted == "public" or (wanted == "1" and not read("PAIKE_URL").startswith("https://"))


def data_folder() -> Path:
    """The data folder, absolute. It is not created here."""
    return Path(read("PAIKE_DATA")).expanduser().absolute()
