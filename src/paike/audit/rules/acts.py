"""Every act that may stand in the audit trail, in words. A test compares this table with the code.

Keys are `thing.past-participle`; the words read after the name of who did it.
"""

from paike.kernel.text import Text

ACTS: dict[str, Text] = {
    # accounts
    "account.registered": Text("注册了账号", "registered"),
    "account.closed": Text("注销了账号", "closed the account"),
    "account.corrected": Text("更正了个人信息", "corrected personal details"),
    "account.exported": Text("导出了个人信息", "exported personal details"),
    "consent.given": Text("同意了隐私说明", "agreed to the privacy notice"),
    "consent.withdrawn": Text("撤回了同意", "withdrew consent"),
    "contact.added": Text("绑定了联系方式", "added a contact"),
    "contact.removed": Text("解绑了联系方式", "removed a contact"),
    "personal-data.revealed": Text("查看了个人信息", "looked at personal details"),
    "personal-data.erased": Text(
        "删除了不再需要的个人信息", "erased personal details that are no longer needed"
    ),
    "staff.created": Text("创建了工作账号", "created a staff account"),
    "staff.signed-in": Text("登录了工作账号", "signed in as staff"),
    "staff.password-changed": Text("修改了密码", "changed the password"),
    "staff.password-reset": Text("重设了忘记的密码", "reset a forgotten password"),
    "totp.confirmed": Text("启用了动态验证码", "turned on the authenticator"),
    "totp.reset": Text("重置了同事的动态验证码", "reset a colleague's authenticator"),
    "recovery-code.used": Text("用恢复码登录", "signed in with a recovery code"),
    # campaigns
    "campaign.opened": Text("启动了活动", "opened the call"),
    "rulebook.amended": Text("修订了规则", "amended the rules"),
    "rulebook.extended": Text("延长了阶段", "extended a stage"),
    # orgs
    "membership.appointed": Text("任命了工作人员", "appointed a member of staff"),
    "membership.ended": Text("结束了任命", "ended an appointment"),
    "organisations.imported": Text("导入了组织名单", "imported organisations"),
    "invite-link.issued": Text("生成了投稿链接", "made the unit's link"),
    "invite-link.revoked": Text("停用了投稿链接", "revoked the unit's link"),
    "staff-invitation.issued": Text("邀请了同事", "invited a colleague"),
    "staff-invitation.accepted": Text("接受了邀请", "accepted the invitation"),
    "staff-invitation.revoked": Text("撤回了邀请", "revoked an invitation"),
    # jury
    "panel.opened": Text("成立了评审团", "set up the panel"),
    "panel.closed": Text("关闭了评审团", "closed the panel"),
    "juror.invited": Text("邀请了评委", "invited a juror"),
    "juror.accepted": Text("接受了评委邀请", "took a seat on the panel"),
    "juror.declined": Text("谢绝了评委邀请", "declined a seat on the panel"),
    "juror.left": Text("让一位评委退出", "released a juror"),
    "juror.recused": Text("登记了评委回避", "stepped a juror aside from a work"),
    "juror.recusal-taken-back": Text("撤销了评委回避", "took a recusal back"),
    "sheets.sealed": Text("封卷", "sealed the score sheets"),
    "sheets.reopened": Text("因名单递补重新开放了评分", "opened sealed sheets for a new work"),
    # voting
    "ballots.quarantined": Text(
        "暂不计入一批选票，等待核实", "set ballots aside to be looked into"
    ),
    "ballots.explained": Text("对选票异常作了说明", "explained unusual ballots"),
    "ruling.proposed": Text("提议了对选票的处理", "proposed a ruling on ballots"),
    "ruling.confirmed": Text("确认了对选票的处理", "confirmed a ruling on ballots"),
    "ruling.refused": Text("否决了对选票的处理", "refused a ruling on ballots"),
    "sanction.applied": Text("按规则书作了处理", "applied the rulebook's sanction"),
    "mobilisation.declared": Text("声明了集中投票时段", "declared a mobilisation window"),
    "count.published": Text("公布了计票结果", "published the count"),
    # awards
    "committee.voted": Text("记录了评委会表决", "recorded a ballot of the committee"),
    "result.published": Text("公布了评选结果", "published the result"),
    "award.given": Text("授予了奖项", "gave the award"),
    "award.revoked": Text("撤销了奖项", "revoked the award"),
    "award.moved-up": Text("依次递补了奖项", "moved the work up to a freed place"),
    # entries
    "entry.begun": Text("新建了作品", "began an entry"),
    "film.attached": Text("上传了影片", "uploaded a film"),
    "captions.put": Text("上传了字幕", "uploaded captions"),
    "captions.removed": Text("移除了字幕", "removed the captions"),
    "conversion.requested": Text("请拍客转换影片", "had the film converted"),
    "conversion.approved": Text("采用了转换后的影片", "took the converted film"),
    "conversion.refused": Text("没有采用转换后的影片", "did not take the converted film"),
    "poster.chosen": Text("换了封面", "chose another poster"),
    "version.submitted": Text("提交了作品", "submitted the work"),
    "version.cleared": Text("检测通过", "let the film pass"),
    "version.refused": Text("检测未通过", "refused the film"),
    "entry.withdrawn": Text("撤回了作品", "withdrew the work"),
    "entry.disqualified": Text("取消了评选资格", "disqualified the work"),
    "entry.merged": Text("把作品并入另一部", "merged the work into another"),
    "recovery-codes.renewed": Text("重新生成了恢复码", "made new recovery codes"),
    # jobs
    "inspection.run-again": Text("重新检测了影片", "had a film inspected again"),
    "conversion.run-again": Text("重新转换了影片", "had a film converted again"),
    "examination.run-again": Text(
        "重新做了影片的完整检测", "had the full inspection of a film done again"
    ),
    "renditions.run-again": Text("重新转码了影片", "had a film's copies made again"),
    "delivery.run-again": Text("重新发送了消息", "had a message sent again"),
    "package.run-again": Text("重新生成了展播包", "had the exhibition built again"),
    # review
    "referral.opened": Text("作品送到", "the work arrived"),
    "referral.accepted": Text("审核通过", "accepted the work"),
    "referral.returned": Text("退回修改", "returned the work"),
    "referral.declined": Text("未予通过", "declined the work"),
    "referral.reversed": Text("收回了审核意见", "took the decision back"),
    "likeness.found": Text(
        "发现影片与另一部作品相似", "found that the film resembles another work"
    ),
    "likeness.answered": Text("说明了影片的来源", "said where the film comes from"),
    "likeness.allowed": Text("认定相似的两部作品都保留", "let both works that resemble stay"),
    "likeness.copy": Text("认定两部作品中有一部是复制", "found one of two works to be a copy"),
    "likeness.returned": Text(
        "把相似的两部作品中的一部退回修改", "gave one of two works that resemble back"
    ),
    "likeness.merged": Text("合并了两个单位送来的同一部作品", "merged the same work of two units"),
    "recommendation.added": Text("选入推荐名单", "put a work on the list"),
    "recommendation.removed": Text("移出推荐名单", "took a work off the list"),
    "recommendation.moved": Text("调整了推荐名单的次序", "changed the order of the list"),
    "list.submitted": Text("提交了推荐名单", "submitted the recommendation list"),
    "list.left": Text("作品退出推荐名单", "a work left the list"),
    "list.replaced": Text(
        "作品退出推荐名单，由候补递补", "a work left the list, the reserve moved up"
    ),
    "entry.recommended": Text("推荐了作品", "recommended the work"),
    "entry.in-reserve": Text("列为候补", "put the work in the reserve"),
    "entry.not-recommended": Text("提交的推荐名单未列入", "submitted its list without the work"),
    "shortlist.added": Text("选入入围名单", "put works on the shortlist"),
    "shortlist.removed": Text("移出入围名单", "took works off the shortlist"),
    "shortlist.sealed": Text("确认了入围名单", "sealed the shortlist"),
    "shortlist.left": Text("作品退出入围名单", "the work left the shortlist"),
    "shortlist.refilled": Text("递补了入围作品", "refilled a place of the shortlist"),
    "entry.shortlisted": Text("作品入围", "shortlisted the work"),
    "entries.exported": Text("导出了作品表", "exported the entries"),
    # exhibition
    "publication.published": Text("发布了作品", "published the work"),
    "publication.hidden": Text("下架了作品", "took the work down"),
    "publication.shown": Text("恢复了展示", "showed the work again"),
    "package.built": Text("生成了展播包", "built the exhibition"),
}


def words(act: str) -> Text:
    """The words for an act; the key itself for one that an older release wrote."""
    return ACTS.get(act, Text(act, act))
