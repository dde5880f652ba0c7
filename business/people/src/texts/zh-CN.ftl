people-menu = 员工与排班
people-product = 掌柜
people-comma = 、
people-sign-in = 登录
people-login = 邮箱或登录名
people-password = 密码
people-new-password = 新密码
people-old-password = 当前密码
people-set-password = 设置密码
people-forgot = 忘记密码？请店主或店长给您一个设置新密码的链接。
people-password-hint = 至少 10 个字符；一句短话最好记。
people-password-short = 请至少使用 { $least } 个字符。
people-password-long = 请最多使用 { $most } 个字符。
people-password-common = 这样的密码很容易被猜到，请换一个，例如一句短话。
people-sign-in-wrong = 登录名或密码不正确，请检查后重试。
people-sign-in-wait = 错误次数过多，请 { $seconds } 秒后重试。
people-link-spent = 此链接已使用或已超过一天，请索取新的链接。
people-old-password-wrong = 当前密码不正确。
people-welcome = 欢迎使用掌柜
people-welcome-text = 填好三样就能接第一单：您的商户、营业时间和您自己。
people-business-name = 商户名称
people-site-name = 第一家门店名称
people-site-name-hint = 留空则使用商户名称。
people-opens = 开门
people-closes = 打烊
people-days = 营业日
people-days-needed = 请至少选择一天。
people-zone = 时区
people-currency = 货币
people-you = 您
people-your-name = 您的姓名
people-login-hint = 登录时输入：邮箱，或不含空格的短名。
people-begin = 开始使用
people-already-founded = 这里已有商户，请直接登录。
people-user-missing = 没有这个账号，或已不能登录。
people-staff-missing = 没有这位员工，或不在您的门店工作。
people-scopes-needed = 请至少选择一项权限。
people-until-before = 请选择首日或之后的日期。
people-until-far = 一次最多重复 { $weeks } 周。
people-not-at-site = 这位员工目前不在该门店工作，请先为其添加门店。
people-shift-long = 班次须大于零且不超过 24 小时。
people-shift-overlaps = { $name } 在{ $date } { $hours } 已在{ $site }有班次。请改动原班次，或换个时间。
people-text-long = 请控制在 { $max } 个字符以内，且不换行。
people-off-long = 一次最多填写 { $days } 天。
people-off-backwards = 结束须晚于开始。
people-sites-needed = 请至少选择一家门店。
people-skill-unknown = 没有技能“{ $code }”，请先在“技能”中添加。
people-external-id-taken = 此外部编号已被使用。
people-skill-code-wrong = 请使用不超过 40 个小写字母、数字和连字符，例如 hair-colour。
people-skill-name-wrong = 请至少用一种语言填写名称，不超过 40 个字符。
people-login-wrong = 请使用 2 至 120 个字符，不含空格。
people-login-taken = 此登录名已被使用，请换一个。
people-name-needed = 请填写姓名。
people-role-unknown = 请从列表中选择角色。
people-last-owner = 这是唯一的店主，请先指定另一位店主。
people-not-yourself = 不能停用自己的账号，请由其他店主操作。
people-role-owner = 店主
people-role-manager = 店长
people-role-desk = 前台
people-role-staff = 员工
people-role-support = 客服
people-role-read-only = 只读
people-settings = 设置
people-account = 账号
people-accounts = 账号
people-name = 姓名
people-language = 语言
people-language-zh = 中文
people-language-en = English
people-single-keys = 启用单键快捷键
people-single-keys-hint = 如常误触按键或使用语音输入，可关闭。
people-save = 保存
people-saved = 已保存
people-password-ends = 其他浏览器将全部退出登录。
people-change-password = 修改密码
people-password-changed = 密码已修改
people-sessions = 已登录的浏览器
people-browser = 浏览器
people-browser-unknown = 未知浏览器
people-address = 网络地址
people-last-used = 最近使用
people-this-one = 当前
people-end-session = 退出
people-end-others = 退出其他全部
people-session-ended = 已退出该浏览器
people-sessions-ended = 其他浏览器已全部退出
people-tokens = 程序令牌
people-token-name = 用途
people-token-hint = 例如：官网、财务。
people-token-scopes = 权限
people-token-once = 请立即复制此令牌，之后不再显示。
people-no-tokens = 没有程序获得访问权限。
people-new-token = 新建令牌
people-make-token = 生成令牌
people-never = 从未
people-revoke = 撤销
people-token-revoked = 令牌已撤销
people-new-staff = 新增员工
people-take-on = 录用
people-taken-on = 已录用，请排班。
people-no-staff = 还没有员工
people-no-staff-text = 添加接待顾客的员工；他们的班次决定可预约的时间。
people-today = 今天
people-not-today = 今天不上班
people-site = 门店
people-sites = 门店
people-all-sites = 所有门店
people-or-these-sites = 或仅限这些门店
people-skills = 技能
people-no-skills = 还没有技能。服务项目需要技能，员工具备技能。
people-new-skill = 新增技能
people-skill-name-zh = 中文名称
people-skill-name-en = 英文名称
people-skill-code = 代码
people-skill-code-hint = 小写字母，用于文件导入：hair-colour
people-add-skill = 添加技能
people-skill-saved = 技能已添加
people-state = 状态
people-active = 在职
people-inactive = 已停用
people-no-password = 尚未设密码
people-no-password-text = 尚未设置密码。
people-role = 角色
people-role-hint = 店主可做一切；店长负责服务设计与排班；前台负责当日运营。
people-new-user = 新建账号
people-let-in = 开通
people-link-follows = 您会得到一个链接，由对方自行设置密码；仅可使用一次，24 小时内有效。
people-link-once = 请立即转交此链接，之后不再显示。仅可使用一次，24 小时内有效。
people-link-text = 通过链接可设置新密码，无需知道旧密码。
people-make-link = 生成密码链接
people-keep-out = 停用账号
people-keep-out-text = 对方将立即在所有设备上退出登录；历史记录保留其姓名。
people-let-in-again = 恢复账号
people-let-in-again-text = 对方可用原密码重新登录。
people-kept-out = 账号已停用
people-let-in-done = 账号已恢复
people-facts = 资料
people-reading = 读音
people-name-reading-hint = 姓名的拼音，使用英文界面的同事会看到它。
people-reading-hint = 姓名的拼音，列表按此排序。
people-cancel = 取消
people-no-account = 尚不能登录。
people-let-go = 办理离职
people-let-go-text = 其班次不再计入；历史记录保留姓名。
people-gone = 已办理离职
people-take-back = 恢复在职
people-take-back-text = 其班次将重新计入。
people-back = 已恢复在职
people-week = 班次
people-week-before = 上一周
people-week-after = 下一周
people-free = 休
people-add-shift = 添加班次
people-shift-added = 班次已添加
people-shift-removed = 班次已移除
people-remove-shift = 移除班次 { $hours }
people-day = 日期
people-from = 开始
people-to = 结束
people-to-hint = 早于开始时间表示次日。
people-until = 每周重复至
people-until-hint = 留空表示仅此一次。
people-time-off = 休假
people-no-time-off = 近期没有休假。
people-add-time-off = 添加休假
people-time-off-added = 休假已添加
people-time-off-removed = 休假已移除
people-remove-time-off = 移除休假 { $days }
people-first-day = 首日
people-last-day = 末日
people-is-now = 现在的内容是：
people-save-anyway = 您填写的内容保留在下方；再次保存将替换现有内容。
people-action = 操作
people-hours = 时间
people-days-range = { $first } 至 { $last }
people-view = 视图
people-view-people = 人员
people-view-week = 周排班
people-this-site = 本店
people-on-duty = 当班人数
people-off-short = 休假
people-week-absurd = 没有这一周。
people-beside = 休假与账号
people-light = 外观
people-light-hint = 仅限此浏览器
people-light-device = 跟随系统
people-light-light = 浅色
people-light-dark = 深色
people-save-light = 应用
people-link = 链接
people-token = 令牌
people-reason = 原因
people-asked-at = 申请时间
people-decided-by = 决定人
people-shift = 班次
people-shift-changed = 班次已更改
people-shift-missing = 这个班次已经不在了。
people-following = 之后各周相同时段的班次也一起改
people-back-link = 返回
people-remove = 移除
people-remove-one = 移除这个班次
people-remove-following = 移除这个及之后各周
people-remove-text = “之后各周”指同一门店、同一星期几、同一时段的后续班次。
people-left = 将无人服务的预约
people-left-text = { $name } 名下有 { $count } 个预约将无人服务。目前还没有任何改动。
people-left-time = 时间
people-left-booking = 预约
people-left-customer = 顾客
people-left-service = 项目
people-left-nobody-known = 未留姓名
people-left-more = 另有 { $count } 个。
people-left-advice = 打开预约可以换人或改期。若继续，预约仍记在不会到岗的 { $name } 名下。
people-left-leave = 保持原样
people-left-go-on = 仍然更改
people-external-id = 外部编号
people-until-time = 到
people-minutes = 分钟
people-site-all = 全部门店
people-users-file = 导出账户
people-access = 权限与登录
people-access-rules = 规则
people-access-roles = 角色
people-access-sign-ins = 登录记录
people-access-audit = 谁看了什么
people-role-missing = 没有这个角色。
people-role-name-needed = 请至少用一种语言给角色命名。
people-role-name-taken = 已有同名角色，请换一个名称。
people-role-beyond = 此角色包含您自己没有的权限：{ $permission }。请去掉。
people-role-in-use = 有 { $count } 个账号正在使用此角色，请先给他们换别的角色。
people-permission-unknown = 没有这项权限，请刷新页面。
people-new-role = 新建角色
people-role-edit = 角色
people-role-made = 角色已创建
people-role-removed = 角色已删除
people-role-copy = 复制
people-role-base = 起点
people-role-base-hint = 只决定登录后先看到哪一页。
people-role-may = 权限数
people-role-holders = 账号数
people-role-meaning = 用途
people-own-roles = 本企业的角色
people-built-in-roles = 内置角色
people-no-roles = 还没有自定义角色
people-no-roles-text = 复制下面的内置角色，再选择它能做什么，例如看不到日志的收银员。
people-role-text = { $role ->
    [owner] 拥有企业，可以做任何事。
    [manager] 管理门店：设计服务、安排人员。
    [desk] 在前台负责当天运营。
    [staff] 服务客人；看当天和自己的工作。
    [support] 远程答复客人。
   *[other] 只看，不改。
}
people-may-noun = { $noun ->
    [waitlist] 候补
    [exchange] 导入与导出
    [access] 登录
    [audit] 审计
    [blueprints] 服务蓝图
    [capacity] 房间、设备与时间
    [customers] 顾客
    [desk] 当天
    [enquiries] 咨询
    [fields] 自定义字段
    [help] 帮助
    [journal] 日志
    [messages] 消息
    [offers] 服务项目
    [orders] 服务单
    [organisation] 企业
    [queue] 排队
    [regions] 区域
    [roles] 角色
    [sessions] 团课
    [shifts] 班次
    [sites] 门店
    [staff] 员工
    [tokens] 程序令牌
    [webhooks] 事件推送
    [users] 账号
   *[other] { $noun }
}
people-may = { $permission ->
    [help-set_up] 查看第一个小时的清单
    [waitlist-edit] 登记候补并提供空位
    [waitlist-settings] 设置候补答复时限
    [operation-view] 查看系统运行状况
    [waitlist-view] 查看候补
    [enquiries-view] 查看咨询和投诉
    [enquiries-edit] 记下、答复和结束咨询
    [enquiries-targets] 设定咨询的答复时限
    [exchange-import] 导入文件与撤销导入
    [exchange-archive] 导出全部数据
    [access-edit] 规定登录方式，查看登录记录
    [audit-view] 查看谁看过或改过顾客的资料
    [blueprints-edit] 设计并发布服务蓝图
    [blueprints-read] 让服务单按蓝图进行（开单所需）
    [blueprints-view] 查看服务蓝图
    [capacity-claim] 占用和释放时间（开单所需）
    [capacity-edit] 修改房间和设备
    [capacity-view] 查看空闲时间、房间和设备
    [customers-edit] 登记和修改顾客
    [customers-join] 开单时填写顾客
    [customers-phone] 查看完整电话号码
    [customers-view] 查找顾客
    [desk-feeds] 发放他人的日历地址
    [desk-regions] 查看各门店当天汇总
    [desk-serve] 在“今天”叫号、开始、完成
    [desk-take] 签到和改约
    [desk-view] 查看今天、日历和我的一天
    [fields-manage] 为顾客、服务单和服务定义自己的字段
    [journal-view] 查看日志
    [messages-edit] 修改发给顾客的内容，重新发送
    [messages-view] 查看发给顾客的消息
    [offers-edit] 新建、修改和停用服务
    [offers-read] 读取在售服务（开单所需）
    [offers-view] 查看服务列表
    [orders-edit] 修改所售内容和记录
    [orders-overbook] 说明原因后超额预约
    [orders-serve] 开始、完成服务和步骤
    [orders-take] 开单和改期
    [orders-view] 查看服务单
    [organisation-edit] 设置企业名称、颜色和网址
    [queue-devices] 绑定和停用自助机与大屏
    [queue-issue] 发号
    [queue-lines] 开关和命名队列
    [queue-serve] 叫号和服务
    [queue-view] 查看排队
    [regions-edit] 把门店归入区域，查看各店当天汇总
    [roles-manage] 创建角色并授予其权限
    [sessions-plan] 安排、改期和取消团课
    [sessions-view] 查看团课和参加者
    [shifts-edit] 录入班次和休假
    [sites-edit] 开设、修改和停用门店
    [staff-edit] 录用和修改员工，命名技能
    [staff-view] 查看员工和班次
    [tokens-manage] 给程序发放令牌
    [webhooks-manage] 向其他程序推送事件
    [users-manage] 开通账号并修改
   *[other] { $permission }
}
people-or-regions = 或整个区域（含以后新增的门店）
people-requests = 申请
people-request-sent = 已发送，结果会显示在这里
people-request-withdrawn = 申请已撤回
people-request-agreed = 已同意，等待排班人决定
people-request-refused = 已拒绝
people-request-approved = 已批准并登记
people-request-declined = 未批准
people-request-missing = 没有这个申请。
people-request-not-staff = 只有服务人员可以申请休假或调班。
people-request-past = 这个时间已经过去，请选择以后的日期。
people-request-shift-gone = 这个班次已被更改或取消，请重新查看本周排班。
people-request-begun = 这个班次已经开始，不能再转给别人。
people-request-twice = 您已经提出过这个申请，请先撤回之前的申请。
people-request-agreed-already = 对方已经同意，等待排班人决定。
people-request-not-agreed = 同事还没有答复。
people-request-over = 这个申请已被{ $state ->
    [approved] 批准
    [declined] 驳回
    [refused] 拒绝
   *[withdrawn] 撤回
}。
people-request-over-by = 这个申请已由 { $name } { $state ->
    [approved] 批准
    [declined] 驳回
    [refused] 拒绝
   *[withdrawn] 撤回
}，没有再做更改。
people-request-more-lost = 您查看之后预约有了变化：现在会有 { $count } 次到店无人服务。请重新查看再决定。
people-request-sentence = { $kind ->
    [off] { $name }：休假，{ $when }
    [give] { $name } 把 { $when } 的班次交给 { $other }
   *[swap] { $name } 用 { $when } 的班次与 { $other } 换班
}
people-request-state = { $state ->
    [asked] 待同事答复
    [open] 待决定
    [approved] 已批准
    [declined] 未批准
    [refused] 同事拒绝
   *[withdrawn] 已撤回
}
people-request-nobody = 没有可申请的内容
people-request-nobody-text = 这里供服务人员申请休假、交班或换班。
people-request-off = 申请休假
people-request-none = 您还没有提出申请，也没有人向您提出。
people-request-agree = 同意
people-request-refuse = 拒绝
people-request-withdraw = 撤回
people-request-by = 决定人：{ $name }。
people-request-no-shifts = 之后没有班次。
people-request-hand-on = 交班或换班
people-request-shifts = 您的班次
people-request-part = { $part ->
    [days] 整天
    [morning] 前半天
    [afternoon] 后半天
   *[hours] 几个小时
}
people-request-how-long = 时长
people-request-last-hint = 仅连续多天时填写。
people-request-send = 发送
people-request-to = 交给
people-request-for = 换成班次
people-request-hand-on-text = 先由同事答复，再由排班人决定。
people-request-alone = 这里没有其他人
people-request-give = 交给同事
people-request-swap = 换班
people-requests-none = 没有待决定的申请
people-requests-none-text = 员工在手机“我的一天”里申请休假和换班。
people-request-lost = 会有 { $count } 次到店无人服务：
people-request-none-lost = 不影响任何到店
people-request-no-work = 这段时间没有班次。
people-request-cover = { $when }：{ $count ->
    [0] 有时没有其他人
   *[other] 至少还有 { $count } 人
}
people-request-approve = 批准
people-request-approve-knowing = 仍然批准
people-request-decline = 不批准
people-request-word = 附一句话
people-requests-over = 最近的决定
people-no-key = 此安装没有用于加密第二因素的密钥。请用 --key-file 启动后再设置。
people-code-already = 已经设置了第二因素，请先移除再重新设置。
people-code-wrong = 验证码不正确或已用过，请等下一个再输入。
people-code-demanded = 您的角色需要第二因素，请先设置另一个。
people-step-over = 输入密码后等待过久，请重新登录。
people-passkey-refused = 此通行密钥未被接受。请重试，或用密码登录。
people-passkey-missing = 没有这个通行密钥。
people-passkey-no-name = 通行密钥需要域名，例如 lotus.example 或 localhost，不能用纯数字地址。
people-passkeys-many = 您已有 { $max } 个通行密钥，请先删除一个。
people-pin-minutes-range = 请选择 1 到 60 分钟。
people-sight-days-range = 请选择 30 到 3650 天。
people-code = 验证码
people-code-title = 还差一步
people-code-text = 请输入身份验证器应用当前显示的六位数字，或一个恢复码。
people-code-lost = 手机和恢复码都丢了？店主可以移除您的第二因素。
people-code-back = 重新开始
people-code-scan = 用手机上的身份验证器应用扫描此图，然后输入它显示的验证码。
people-code-picture = 用身份验证器应用扫描的二维码
people-code-key = 或在应用中输入此密钥
people-code-first = 六位数字，每半分钟更新一次。
people-code-confirm = 确认
people-setup-title = 设置第二因素
people-setup-text = 您的角色除密码外还需要第二因素。只需一分钟和手机上的一个应用。
people-recovery = 恢复码
people-recovery-once = 请把这些恢复码保存在没有手机也能找到的地方。每个可代替验证码使用一次，不会再次显示。
people-recovery-kept = 我已保存
people-recovery-new = 生成新的恢复码
people-recovery-left = { $count ->
    [0] 没有剩余的恢复码。
   *[other] 还剩 { $count } 个恢复码。
}
people-code-remove = 移除第二因素
people-code-remove-text = 之后只凭密码即可登录。
people-factor = 第二因素
people-factor-on = 已开启
people-factor-off = 未开启
people-factor-text = 输入密码后，再输入手机应用上的验证码。
people-factor-demanded = 您的角色必须开启。
people-factor-set = 设置
people-factor-change = 更改
people-factor-removed = 第二因素已移除
people-factors = 第二因素
people-factors-reset = 全部移除
people-factors-reset-text = 用于丢失手机的人：其所有登录将退出，之后只凭密码登录。
people-passkeys = 通行密钥
people-passkeys-text = 手机、电脑或安全密钥上的通行密钥可免密码登录。
people-passkey-name = 名称
people-passkey-name-hint = 例如：工作笔记本。
people-passkey-make = 创建通行密钥
people-passkey-made = 通行密钥已创建
people-passkey-removed = 通行密钥已删除
people-passkey-rename = 通行密钥的名称
people-passkey-sign-in = 用通行密钥登录
people-way-head = 方式
people-way = { $way ->
    [code] 密码加验证码
    [recovery] 密码加恢复码
    [passkey] 通行密钥
    [link] 链接
    [pin] PIN
   *[password] 密码
}
people-when = 时间
people-outcome = 结果
people-outcome-in = 已登录
people-outcome-wrong = 被拒绝
people-outcome-waiting = 需等待
people-outcome-next = 要求验证码
people-no-sign-ins = 还没有人登录。
people-no-sessions = 没有在任何地方登录。
people-sign-out-everywhere = 全部退出
people-signed-out-everywhere = 已在所有地方退出
people-tries-all = 全部
people-tries-failed = 未成功
people-tries-kept = 保留半年。
people-unit-minutes = 分钟
people-unit-days = 天
people-rule-factor = 需要第二因素的角色
people-rule-factor-effect = 这些角色的人必须先设置验证码或通行密钥才能继续；没有设置的登录会立即退出。
people-rule-factor-none = 无
people-rule-pin = 共用电脑自动锁定
people-rule-pin-effect = 超过此时间无操作后，下一个人需重新选择姓名并输入 PIN。
people-rule-sights = 查看记录保留
people-rule-sights-effect = 超过此天数后，谁看过顾客资料的记录会被删除；修改记录仍在日志中。个人信息保护法要求能够说明谁看过，但不应永久保留。
people-rule-sights-days = { $days } 天
people-pin = PIN
people-pin-digits = 请使用 4 到 6 位数字。
people-pin-plain = 这样的 PIN 太容易被猜到，请换一组不连续的数字。
people-pin-wrong = PIN 不正确，请重试。
people-pin-locked = 此 PIN 输错次数过多。请在其他地方用密码登录后重新设置，或找经理处理。
people-pin-is-locked = 已锁定
people-pin-new = 新 PIN
people-pin-hint = 4 到 6 位数字。
people-pin-text = 用 PIN 在多人共用的电脑上轮换，所做的操作记在您名下。
people-pin-set = 设置 PIN
people-pin-kept = PIN 已设置
people-pin-remove = 移除 PIN
people-pin-removed = PIN 已移除
people-share = 设为共用电脑
people-share-text = 在共用电脑上，每人选择姓名并输入自己的 PIN。能做的事是本人与此账号共有的权限。
people-turn-title = 现在由谁操作？
people-turn-text = 共用电脑：{ $computer }
people-turn-who = 姓名
people-turn-take = 开始操作
people-turn-nobody = 还没有人设置 PIN，请各自在设置中添加。
people-turn-sign-out = 退出此电脑的登录
people-turn-missing = 此人不能在这里操作。
people-portrait = 头像
people-portrait-effect = 同事在日历里看到它，客人选择由谁服务时也会看到。
people-api-fields = 员工的自定义字段
people-api-fill = 填写员工的自定义字段
people-api-create = 新增员工
people-api-show = 一位员工
people-api-change = 更改员工
people-api-shift = 安排班次
people-api-backwards = 结束时间需晚于开始时间。
people-api-depart = 员工离职
people-api-return = 员工复职
people-api-leaves = 这些预约将没有人服务：{ $visits }。请先改给他人，或附上 knowing: true。
people-api-list = 提供服务的员工
people-api-reference = 接口说明
people-webhooks = 事件推送
people-api-skills = 员工技能
people-api-skill = 为技能命名；已有代码会改用新名称
people-api-shifts = 某人的班次
people-api-shift-hours = 更改班次时间
people-api-shift-remove = 撤销班次
people-api-off = 某人的休假
people-api-off-add = 为某人安排休假
people-api-off-remove = 撤销休假
people-api-window = 结束须晚于开始，且相隔不超过 { $days } 天。
people-api-requests = 令牌所属员工自己的申请，以及别人向其提出的申请
people-api-requests-all = 员工的申请，以及批准后的影响
people-api-request = 一项申请，以及批准后的影响
people-api-request-off = 申请休假
people-api-request-shift = 申请转让或调换班次
people-api-request-agree = 同事同意
people-api-request-refuse = 同事不同意
people-api-request-withdraw = 撤回申请
people-api-request-approve = 批准申请并执行
people-api-request-decline = 驳回申请
people-api-week = 门店员工的一周安排
