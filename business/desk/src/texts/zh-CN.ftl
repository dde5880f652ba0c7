# 今日
desk-today = 今日
desk-new = 新建
desk-new-order = 新建服务单
desk-check-in = 签到
desk-check-in-hint = 签到：姓名、手机号、预约码…
desk-walk-in = 散客
desk-walk-in-title = 散客取号
desk-walk-in-this = 散客取号
desk-book = 新建预约
desk-book-this = 新建预约
desk-right-now = 此刻
desk-waiting = 等候中
desk-nobody = 无人等候
desk-longest = 最长 { $minutes }
desk-median-wait = 等候中位数
desk-min = 分钟
desk-minutes = { $minutes } 分钟
desk-promise = 承诺 { $minutes }
desk-visits = { $count } 次到店
desk-in-service = 服务中
desk-free = 空闲 { $count } 人
desk-on-time = 准时开始
desk-target = 目标 { $percent }
desk-of-bookings = 共 { $count } 个预约
desk-taken = 今日实收
desk-orders-done = { $count } 单
desk-lanes = 泳道
desk-lane-queue = 排队
desk-lane-arriving = 待到店
desk-alerts = 提醒
desk-attention = 需要处理
desk-lines = 队列
desk-queue-empty = 无人排队
desk-queue-empty-text = 散客和扫码取号的顾客会出现在这里。
desk-arriving-empty = 两小时内没有预约
desk-arriving-empty-text = 提前两小时，预约的顾客会出现在这里，等待签到。
desk-serving-empty = 暂无服务中的顾客
desk-serving-empty-text = 开始的服务在这里进行，对照承诺的时间。
desk-all-well = 一切正常
desk-all-well-text = 将迟开始、超出承诺和未到的顾客会出现在这里。
desk-finish-time = 预计完成
desk-next-hours = 未来 { $hours } 小时
desk-opening = { $name } 空闲 { $length }
desk-offer = 安排
desk-later-today = 今天稍后还有 { $count } 个
desk-now = 现在 { $time }
desk-guest = 顾客
desk-anyone = 不限
desk-next = 下一位
desk-called-at = { $time } 已叫号
desk-coming = 正在过来
desk-back-at = { $time } 回来
desk-vip = 贵宾
desk-priority = 优先
desk-remote = 远程取号
desk-waited = 已等 { $minutes }
desk-over = 超时 { $minutes }
desk-left = 剩 { $minutes }
desk-arrived = 已到店
desk-confirmed = 已确认
desk-late = 迟到 { $minutes }
desk-done-at = 预计 { $time }
desk-handled = 近一小时已处理
desk-handled-moved = { $number } 已改约
desk-handled-assigned = { $number } 已指派
desk-handled-skipped = { $number } 已让一位先
desk-handled-no-show = { $number } 未到
# 按钮
desk-call = 叫号
desk-call-again = 再叫一次
desk-again = 再叫
desk-call-for = 叫号给{ $name }
desk-call-number = 叫 { $number }
desk-start = 开始
desk-assign = 指派
desk-no-show = 未到
desk-let-one = 让一位先
desk-later = 15 分钟后回来
desk-ticket-code = 号码二维码
desk-open = 打开
desk-more = 更多
desk-move = 改约
desk-move-to = 改给{ $name }
desk-complete-step = 完成本步
desk-complete-last = 完成最后一步
desk-finish = 完成
desk-phone = 电话
desk-show = 显示
desk-undo-call = 已叫 { $number }
desk-undo-away = { $number } 稍后回来
desk-undo-no-show = { $number } 未到
desk-done-arrival = { $number } 已签到
desk-done-start = { $number } 已开始
desk-done-step = 本步已完成
desk-done-checklist = 清单已保存
desk-done-finish = { $number } 已完成
desk-done-no-show = { $number } 未到
desk-done-undo = { $number } 已撤销
desk-done-moved = 预约已改
desk-done-failure = 已记录，本步将重做
desk-done-walk-in = { $number }：{ $wait }
# 需要处理
desk-past-promise = { $number } 已超出 { $minutes }承诺
desk-waited-free = 已等 { $minutes }，{ $name }现在有空。
desk-waited-nobody = 已等 { $minutes }，暂无可接待的人。
desk-not-come = { $number } 已叫 { $minutes }
desk-held-until = { $time } 叫号，尚未到。
desk-runs-over = { $name } 超时 { $minutes }
desk-now-at = { $step }，{ $name }
desk-has-nobody = { $time } · { $name } 的预约没有人服务
desk-off-until = { $name } 请假到 { $time }
desk-no-shift-then = { $name } 那时不上班
desk-give-to = 改给{ $name }
desk-will-start-late = { $time } { $name } 将延后开始
desk-busy-until = { $name } 忙到 { $time }。
desk-is-late = { $time } { $name } 迟到 { $minutes }
desk-waits-past-slot = { $name } 已过预约时间 { $minutes }
desk-booked-with = 预约 { $time }，{ $name }。
# 提示
desk-hint-check-in = 签到
desk-hint-walk-in = 散客
desk-hint-move = 上下移动
desk-hint-lane = 切换泳道
desk-hint-call = 叫号
desk-hint-start = 开始
desk-hint-done = 完成
desk-hint-undo = 撤销
desk-hint-all = 全部快捷键
# 散客与号码
desk-customer = 顾客
desk-customer-hint = 姓名、手机号或两者
desk-service = 项目
desk-with = 服务人员
desk-note = 备注
desk-priority-why = 优先的原因
desk-priority-why-hint = 写明原因后，这个号按提前取号计算；原因会留存。
desk-give-number = 取号
desk-assign-title = 指派给
desk-name-free = { $name } · 现在有空
desk-later-title = 稍后
desk-back-places = 让 { $count } 位先
desk-away-minutes = { $minutes } 分钟后回来
desk-put-back = 回到队伍
desk-ticket-scan = 顾客扫码查看排队位置。
desk-ticket-open = 打开顾客页面
# 查找
desk-found = 查找结果
desk-found-nothing = 没有“{ $text }”的预约或顾客
desk-search = 搜索
desk-search-none = 没有找到
desk-search-nothing = 请试试姓名、拼音首字母、手机尾号或单号。
desk-no-rooms = 还没有房间或设备
desk-no-rooms-text = 每个房间在这里有一列，显示其中的预约。只需要人的项目不必有房间。
desk-no-rooms-add = 添加房间
desk-no-columns = 这里还没有员工
desk-no-columns-text = 每位员工在这里有一列，显示班次和预约。
desk-no-columns-add = 添加员工
desk-search-commands = 命令
desk-search-orders = 服务单
desk-search-tickets = 排队号
desk-search-recent = 最近服务
desk-search-services = 服务与商品
desk-search-customers = 顾客
desk-queue-code = 排队二维码
# 日程
desk-calendar = 日程
desk-day-before = 前一天
desk-day-after = 后一天
desk-month-before = 上个月
desk-month-after = 下个月
desk-day-summary = { $count } 个预约，已排 { $percent }%
desk-columns = 列
desk-columns-both = 员工 + 房间
desk-columns-staff = 员工
desk-columns-rooms = 房间
desk-from-here = 原位置
desk-time-off = 请假
desk-break = 休息
desk-off-shift = 未当班
desk-families = 项目类别
desk-alt-arrows = 拖动预约，或用 Alt + 方向键；回车打开。
desk-times = 能约吗？
desk-times-hint = 点击空白时间，查看能否预约及原因。
desk-load-light = 空闲
desk-load-full = 接近满
desk-fits = 可以安排：技能、班次和房间都合适
desk-open-order = 打开服务单
desk-customer-page = 顾客
desk-move-title = 改到其他时间
desk-day = 日期
desk-time = 时间
desk-near = 附近的空档
# 我的一天
desk-my-day = 我的一天
desk-my-shift = { $date }，班次 { $shift }
desk-my-whose = 看谁的一天？
desk-my-nothing = 手上没有工作
desk-my-idle = 等候您的顾客和今天约您的预约会出现在这里，一按即可开始。
desk-my-done =
    { $count ->
        [0] 今天还没有完成的工作。
       *[other] 今天已完成 { $count } 项。
    }
desk-my-now = 进行中
desk-my-step = 第 { $step } 步，共 { $total } 步
desk-my-minutes = { $standard } 分钟中的 { $taken } 分钟
desk-my-of = 共 { $minutes } 分
desk-my-up-next = 下一步
desk-my-start-step = 开始本步
desk-my-trouble = 出了问题
desk-my-cause = 出了什么问题？
desk-my-again = 记录并重做本步
desk-my-line = 等您服务
desk-my-next = 接下来
desk-my-jobs = { $count } 项，约 { $time } 完成
desk-ready-by = { $time } 前完成
desk-step-missing = 此服务单没有这一步，请刷新页面。
# 日志
desk-journal = 日志
desk-journal-check = 校验链
desk-journal-intact = 链条完整：{ $count } 条记录，没有改动或缺失。
desk-journal-broken = 链条已断。
desk-journal-count = { $count } 条记录
desk-journal-any = 全部
desk-journal-activity = 活动
desk-journal-kind = 类型
desk-journal-one = 仅此{ $kind }
desk-journal-none = 没有符合的记录，请去掉一个筛选。
desk-journal-when = 时间
desk-journal-what = 事件
desk-journal-who = 谁
desk-journal-about = 对象
desk-journal-seal = 封印
desk-journal-system = 掌柜
desk-journal-guest = 顾客
desk-date-time = { $date } { $time }
desk-calendar-side = 月历与类别

# What the journal calls a fact: the activity with a hyphen for the dot.
desk-activity = { $activity ->
    [session-offered] 项目以团课开设
    [session-withdrawn] 项目不再以团课开设
    [session-planned] 安排团课场次
    [session-moved] 团课场次改期
    [session-changed] 更改团课场次
    [session-cancelled] 取消团课场次
    [session-begun] 团课开始
    [session-ended] 团课结束
    [series-created] 创建重复预约
    [waiting-joined] 加入候补
    [waiting-offered] 候补提供空位
    [waiting-accepted] 接受空位
    [waiting-declined] 放弃空位
    [waiting-unanswered] 空位未答复
    [waiting-left] 退出候补
    [waiting-lapsed] 候补过期
    [waiting-settings_changed] 修改候补答复时限
    [customer-removed] 撤回了顾客
    [service-removed] 撤回了项目
    [staff-removed] 撤回了员工
    [order-removed] 撤回了服务单
    [import-uploaded] 上传了导入文件
    [import-started] 开始导入
    [import-resumed] 继续导入
    [import-stopped] 停止了导入
    [import-finished] 导入完成
    [import-failed] 导入失败
    [import-undone] 撤销了导入
    [archive-asked] 请求导出全部数据
    [archive-made] 全部数据已导出
    [archive-taken] 下载了全部数据
    [field-filled] 填写了自定义字段
    [field-defined] 定义了自定义字段
    [field-changed] 更改了自定义字段
    [field-archived] 归档了自定义字段
    [field-restored] 重新启用了自定义字段
    [field-moved] 移动了自定义字段
    [list-exported] 导出了列表
    [order-created] 开单
    [order-booked] 确认预约
    [order-arrived] 签到
    [order-started] 开始服务
    [order-finished] 完成服务单
    [order-cancelled] 取消服务单
    [order-no_show] 未到店
    [order-rescheduled] 改期
    [order-overbooked] 重叠预约
    [booking_rule-changed] 更改预约规则
    [moves-changed] 更改换房间或跨店所需时间
    [order-expired] 占位过期
    [order-changed] 修改服务单
    [order-noted] 添加备注
    [order-restored] 撤销
    [order-arrival_undone] 撤销到店
    [order-start_undone] 撤销开始
    [order-finish_undone] 撤销完成
    [order-no_show_undone] 撤销未到
    [step-started] 开始步骤
    [step-finished] 完成步骤
    [step-failed] 步骤差错
    [step-reworked] 返工
    [step-skipped] 跳过步骤
    [step-ticked] 勾选清单
    [step-restored] 步骤恢复
    [ticket-issued] 取号
    [ticket-called] 叫号
    [ticket-recalled] 再次叫号
    [ticket-answered] 应答叫号
    [ticket-assigned] 指派
    [ticket-skipped] 让一位
    [ticket-stepped_out] 暂时离开
    [ticket-returned] 回到队列
    [ticket-restored] 撤销叫号
    [ticket-no_show] 过号
    [ticket-left] 离开队列
    [ticket-served] 排队转服务
    [ticket-closed] 关闭号码
    [customer-created] 新增顾客
    [file-added] 添加了文件
    [file-captioned] 为文件写了说明
    [file-removed] 移除了文件
    [file-put_back] 放回了文件
    [enquiry-opened] 记下了咨询
    [enquiry-taken] 接手了咨询
    [enquiry-released] 放下了咨询
    [enquiry-level_set] 设定了咨询的级别
    [enquiry-closed] 结束了咨询
    [enquiry-reopened] 重新打开了咨询
    [enquiry-targets_changed] 更改了答复时限
    [order-reopened] 重新打开了服务单
    [help-first_hour_put_away] 收起了第一个小时
    [help-first_hour_brought_back] 找回了第一个小时
    [customer-changed] 修改顾客
    [customer-unreachable] 邮箱无法送达
    [customer-reachable] 邮箱恢复送达
    [message-bounced] 邮件被退回
    [service-created] 新增项目
    [service-changed] 修改项目
    [service-archived] 归档项目
    [service-restored] 恢复项目
    [blueprint-created] 新建蓝图
    [blueprint-edited] 编辑蓝图
    [blueprint-published] 发布蓝图
    [blueprint-renamed] 重命名蓝图
    [blueprint-discarded] 放弃草稿
    [blueprint-archived] 归档蓝图
    [blueprint-restored] 恢复蓝图
    [line-created] 新增队列
    [line-changed] 修改队列
    [ticket-transferred] 转到另一条队伍
    [ticket-prioritised] 给予优先
    [ticket-return_reserved] 告知回来的时间
    [line-opened] 队伍开始取号
    [line-closed] 队伍停止取号
    [queue_rules-changed] 修改排队规则
    [counter-created] 新增窗口
    [counter-changed] 修改窗口
    [counter-removed] 删除窗口
    [counter-staffed] 到窗口就位
    [counter-left] 离开窗口
    [counter-paused] 开始休息
    [counter-resumed] 结束休息
    [device-linked] 连接平板或屏幕
    [device-revoked] 停用平板或屏幕链接
    [organisation-created] 创建商户
    [organisation-changed] 修改商户
    [site-created] 新增门店
    [site-changed] 修改门店
    [site-hours_changed] 修改营业时间
    [site-special_day_set] 设置特殊日
    [site-special_day_removed] 删除特殊日
    [site-closed] 停用门店
    [site-reopened] 恢复门店
    [resource-created] 新增房间或设备
    [resource-changed] 修改房间或设备
    [resource-retired] 停用房间或设备
    [resource-restored] 恢复房间或设备
    [skill-saved] 保存技能
    [staff-created] 新增员工
    [staff-changed] 修改员工
    [staff-deactivated] 员工离职
    [staff-reactivated] 员工复职
    [shift-added] 新增班次
    [shift-changed] 修改班次
    [shift-removed] 删除班次
    [shift-handed_over] 班次已转交
    [request-asked] 员工提出申请
    [request-agreed] 同事同意申请
    [request-refused] 同事拒绝申请
    [request-withdrawn] 员工撤回申请
    [request-approved] 员工申请已批准
    [request-declined] 员工申请未批准
    [time_off-added] 新增休假
    [time_off-removed] 删除休假
    [user-created] 新建账号
    [user-changed] 修改账号
    [user-deactivated] 停用账号
    [user-reactivated] 启用账号
    [user-password_link_made] 生成密码链接
    [user-password_set] 设置密码
    [user-signed_in] 登录
    [user-session_ended] 退出登录
    [token-created] 新建令牌
    [token-revoked] 撤销令牌
    [webhook-created] 新建推送
    [webhook-changed] 推送已更改
    [webhook-key_changed] 推送密钥已更换
    [webhook-paused] 推送已暂停
    [webhook-resumed] 推送已恢复
    [webhook-stopped] 推送已停用：对方未接收
    [webhook-replayed] 推送已重发
    [webhook-removed] 推送已删除
    [message-sent] 已通知顾客
    [message-failed] 消息发送失败
    [message-revived] 消息重新发送
    [messages-settings_changed] 消息设置已更改
    [messages-wording_changed] 文案已更改
    [feed-created] 日历地址已生成
    [feed-revoked] 日历地址已停用
    [role-created] 新建角色
    [role-changed] 修改角色
    [role-removed] 删除角色
    [region-created] 新建区域
    [region-changed] 修改区域
    [region-removed] 删除区域
    [site-placed] 门店归入区域
    [user-second_factor_set] 设置第二因素
    [user-second_factor_removed] 移除第二因素
    [user-recovery_codes_made] 生成恢复码
    [user-passkey_made] 创建通行密钥
    [user-passkey_removed] 删除通行密钥
    [access-rules_changed] 修改登录规则
    [user-pin_set] 设置 PIN
    [user-pin_removed] 移除 PIN
    [user-computer_shared] 设为共用电脑
    [user-turn_taken] 在共用电脑上开始操作
   *[other] { $code }
}

desk-kind = { $kind ->
    [order] 服务单
    [step] 步骤
    [ticket] 号码
    [customer] 顾客
    [service] 项目
    [blueprint] 蓝图
    [line] 队列
    [site] 门店
    [resource] 房间或设备
    [staff] 员工
    [skill] 技能
    [shift] 班次
    [request] 员工申请
    [time_off] 休假
    [user] 账号
    [token] 令牌
    [organisation] 商户
    [message] 消息
    [webhook] 事件推送
    [setting] 设置
    [role] 角色
    [region] 区域
    [session] 团课
    [series] 重复预约
    [waiting] 候补
    [device] 屏幕或平板
    [counter] 窗口
    [field] 自定义字段
    [file] 文件
    [list] 列表
    [import] 导入
    [archive] 归档
   *[other] { $kind }
}

# Calendar addresses
desk-feeds = 日历地址
desk-feeds-text = 在日历中订阅此地址，即可看到过去 30 天到未来 180 天的预约，并随每次变更更新。知道地址的人只能看到这些预约。
desk-feed-own = 我的日历地址
desk-feed-new = 此地址仅显示这一次，之前的地址已作废。
desk-feed-address = 地址
desk-feed-whose = 员工或房间
desk-feed-made = 生成日期
desk-feed-none = 无
desk-feed-action = 操作
desk-feed-make = 生成地址
desk-feed-renew = 更换地址
desk-feed-stop = 停用
desk-feed-stopped = 地址已停用
desk-feed-missing = 此地址没有日历，可能已停用，请向门店索取新地址。
desk-feed-nobody = 此账号不属于任何员工。
desk-col-seq = 序号
desk-col-at = 发生时间
desk-col-recorded = 记录时间
desk-col-fact = 事实
desk-col-by = 操作人
desk-col-channel = 渠道
desk-col-site = 门店
desk-col-about = 涉及
desk-col-attributes = 详情
desk-col-seal = 封印
desk-columns-week = 周
desk-week-range = { $first } – { $last }
desk-week-before = 上一周
desk-week-after = 下一周
desk-everybody = 所有人
desk-team-cell = { $count } 次到店，占工作时间的 { $percent }%
desk-agenda-days = 本周各天
desk-agenda-nobody = 这里还没有服务人员
desk-agenda-nobody-text = 在本店服务的人员会连同当天安排显示在这里。
desk-agenda-free = 这一天没有安排
desk-agenda-free-text = 没有班次、到店或休假。
desk-agenda-break = 休息 { $minutes } 分钟
desk-agenda-gap = 空闲至 { $until }
desk-over-time = 已超时
desk-held = 暂留
desk-agenda-now = 现在
desk-call-next = 叫下一位
desk-booked-at = 预约 { $time }
desk-moved-line = { $line } 队
desk-line-title = 转到另一条队伍
desk-line-to = 转到{ $name }
desk-priority-title = 优先
desk-priority-reason = 优先的原因
desk-priority-give = 给予优先
desk-priority-kept = 提前计算：{ $reason }
desk-undo-moved = { $number } 位置已变
desk-my-requests = 休假与换班
desk-my-answer = 去答复
desk-my-asked = { $count ->
    [one] 有同事想和您调班。
   *[other] 有 { $count } 位同事想和您调班。
}

# 区域：各门店今天的汇总
desk-regions = 区域
desk-regions-edit = 调整
desk-regions-sites = 门店
desk-regions-region = 区域
desk-regions-site = 门店
desk-regions-all = 全部门店
desk-regions-all-mine = 您的全部门店
desk-regions-none = 还没有区域。把门店归入区域，即可查看各区域当天的情况。
desk-regions-count = { $count } 家门店
desk-regions-booked = 预约
desk-regions-waiting = 等候
desk-regions-in-line = { $count } 人排队
desk-regions-standing = 排队
desk-regions-serving = 服务中
desk-regions-served = 已服务
desk-regions-no-shows = 未到店
desk-regions-takings = 营业额
desk-regions-nothing = –

# 谁看了什么
desk-audit = 谁看了什么
desk-audit-who = 谁
desk-audit-what = 内容
desk-audit-when = 时间
desk-audit-times = 次数
desk-audit-customer = 顾客
desk-audit-customer-self = 顾客或系统
desk-audit-anybody = 任何人
desk-audit-all = 全部
desk-audit-saw = 查看
desk-audit-changed = 修改
desk-audit-exports = 导出
desk-audit-first = 从
desk-audit-last = 到
desk-audit-none = 没有人查看或修改
desk-audit-none-text = 每次查看顾客页面、含个人资料的列表、搜索和导出都会记录在此。
desk-audit-more = 只显示最近的记录，请缩短日期范围。
desk-audit-kept = 查看记录保留 { $days } 天，修改记录保留在日志中。打开此页也会被记录。
desk-audit-sight = { $kind ->
    [list] { $noun ->
        [today] 今日
        [calendar] 日程
        [my-day] 我的一天
       *[other] 列表
    }，{ $count } 位顾客
    [search] 搜索到 { $count } 位顾客
    [export] 导出{ $noun ->
        [customers] 顾客
        [orders] 服务单
        [enquiries] 咨询与投诉
        [waiting] 候补名单
        [unreachable] 无法送达的邮箱
        [regions] 各门店当日情况
        [fields] 自定义字段
        [messages] 发件箱
        [audit] 查看记录
        [archive] 全部数据（归档）
       *[other] { $noun }
    }{ $count ->
        [0] { "" }
       *[other] ，{ $count } 行
    }
    [file] 照片或文件
    [audit] 本记录
   *[page] 页面
}
desk-unanswered = { $number } 应在 { $time } 前答复
desk-not-reached = { $name } 没有收到 { $time } 预约的消息
desk-correct-address = 更正联系方式
desk-webhook-stopped = 有程序不再接收事件推送
desk-answer = 由我接手
desk-api-journal = 发生的事，旧的在前
desk-api-feeds = 门店的日历地址
desk-api-feed-staff = 重新生成员工的日历地址
desk-api-feed-staff-stop = 停用员工的日历地址
desk-api-feed-room = 重新生成房间的日历地址
desk-api-feed-room-stop = 停用房间的日历地址
desk-api-today = 门店当天的情况
desk-api-search = 查找排队号、服务单、顾客和服务
