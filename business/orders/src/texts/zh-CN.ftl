# 服务单是什么。
orders-kind-walk-in = 散客
orders-kind-booking = 预约
orders-kind-purchase = 购买
orders-kind-on-site = 上门服务
orders-kind-enquiry = 咨询
orders-kind-complaint = 投诉
orders-level-normal = 按顺序
orders-level-priority = 优先
orders-channel-desk = 前台
orders-channel-online = 线上
orders-channel-phone = 电话
orders-channel-kiosk = 自助机
orders-channel-api = 接口
orders-channel-import = 导入
orders-channel-system = 系统
orders-state-held = 待确认
orders-state-booked = 已预约
orders-state-open = 待处理
orders-state-waiting = 等候中
orders-state-serving = 服务中
orders-state-finished = 已完成
orders-state-cancelled = 已取消
orders-state-no-show = 未到店
orders-state-expired = 已过期

# 为什么不能这样做。
orders-missing = 没有这张服务单，请重新按单号或顾客查找。
orders-link-missing = 该链接没有对应的服务单，请检查链接是否完整。
orders-step-missing = 服务单里已没有这个步骤，请重新查看。
orders-customer-missing = 没有这位顾客，请选择，或填写姓名或电话。
orders-refuse-only-held = 该时段只是暂留，请先确认预约。
orders-refuse-not-over = 暂留还没到时间，或已经确认。
orders-refuse-no-slot = 这张服务单没有预约时间。
orders-refuse-here = 顾客已到店。请开始服务，或取消后另开一单。
orders-refuse-in-service = 服务正在进行。请完成服务，或注明原因后取消。
orders-refuse-not-started = 服务还没开始，请先开始服务。
orders-refuse-too-early = 预约时间还没到。请等到开始时间，或取消预约。
orders-refuse-finished = 服务单已完成。后续服务请另开一单。
orders-refuse-cancelled = 服务单已取消，请另开一单。
orders-refuse-no-show = 顾客未到店，服务单已关闭，请另开一单。
orders-refuse-expired = 暂留已过期，时段已释放，请另开一单。
orders-refuse-undo-followed = 此后服务单又有变动，未作撤销。
orders-refuse-undo-late = 时间已久，无法撤销，请另开一单。
orders-refuse-step-not-started = 该步骤还没开始，请先开始。
orders-refuse-step-running = 该步骤正在进行。请完成，或记录差错。
orders-refuse-step-done = 该步骤已完成。
orders-refuse-step-failed = 该步骤出了差错，请继续返工步骤。
orders-refuse-step-skipped = 该步骤已跳过。
orders-refuse-rework-endless = 该步骤返工次数过多，请注明原因后取消服务单。
orders-refuse-lines-closed = 服务单已关闭，明细不能再改，可以添加备注。
orders-refuse-main-service = 该时段按首项服务预约。如需更换，请取消后重新预约。
orders-note-long = 最多 { $max } 个字。
orders-note-empty = 请先写点内容。
orders-reason-needed = 请简单说明原因。
orders-reason-long = 最多 { $max } 个字。
orders-cause-needed = 请简单说明出了什么差错。
orders-service-needed = 请选择服务。
orders-no-matter = 只有咨询和投诉可以这样处理。
orders-matter-needed = 请写明事由，或选择服务。
orders-service-missing = 该服务已不存在，请另选。
orders-service-archived = 该服务已停售，请另选。
orders-service-elsewhere = 本门店不提供该服务，请另选服务或门店。
orders-service-not-online = 该服务不能在线预约，请致电门店或另选服务。
orders-service-currency = 不同币种的价格不能放在同一张服务单。
orders-lines-many = 最多 { $max } 行。
orders-quantity-wrong = 请填写 1 到 999 的整数。
orders-slot-needed = 请选择时间。
orders-slot-not-wanted = 只有预约和上门服务可以选择时间。
orders-past-backwards = 时间先后颠倒，请核对。
orders-past-future = 结束时间在未来，只能录入过去的服务单。
orders-past-twice = 该外部编号重复。

# 列表。
orders-menu = 服务单
orders-new = 新建服务单
orders-filter-text = 查找
orders-filter-text-hint = 单号、姓名、电话、服务
orders-filter-state = 状态
orders-filter-any-state = 全部状态
orders-filter-current = 未关闭
orders-filter-kind = 类型
orders-filter-any-kind = 全部类型
orders-filter-channel = 渠道
orders-filter-any-channel = 全部渠道
orders-filter-site = 门店
orders-filter-any-site = 全部门店
orders-filter-staff = 服务人员
orders-filter-any-staff = 全部人员
orders-filter-from = 开单起
orders-filter-to = 开单止
orders-filter-apply = 筛选
orders-filter-clear = 清除筛选
orders-of-customer = { $name }的服务单
orders-count = 共 { $count } 单
orders-count-more = 超过 { $count } 单
orders-none = 还没有服务单
orders-none-text = 散客、预约、购买、咨询和投诉都会列在这里。
orders-none-found = 没有符合条件的服务单
orders-none-found-text = 减少关键词，或清除筛选再试。
orders-booked-as = 预约时留名：{ $name }
orders-no-customer = 未留姓名
orders-col-number = 单号
orders-col-customer = 顾客
orders-col-what = 服务
orders-col-when = 时间
orders-col-staff = 服务人员
orders-col-state = 状态
orders-col-amount = 金额

# 开单。
orders-new-kind = 服务单类型
orders-remark = 顾客留言
orders-remark-hint = 顾客的要求或说明
orders-priority = 优先服务
orders-by-phone = 电话下单
orders-take-walk-in = 添加散客
orders-take-booking = 确认预约
orders-take = 开单
orders-taken = 已开单 { $number }
orders-line-none = –
orders-line-first = 服务
orders-line-more = 另加
orders-slot-day = 日期
orders-slot-staff = 服务人员
orders-slot-anybody = 不限
orders-slot-show = 查看时间
orders-slot-times = 可选时间
orders-slot-none = 没有可选时间。请选择服务和日期，再查看时间。
orders-slot-now = 当前：{ $time }

# 服务单页面。
orders-do-confirm = 确认预约
orders-do-arrive = 到店
orders-do-start = 开始服务
orders-do-complete-step = 完成步骤
orders-do-start-step = 开始步骤
orders-do-finish = 完成服务单
orders-do-reschedule = 改期
orders-do-fail = 记录差错
orders-do-no-show = 未到店
orders-do-cancel = 取消服务单
orders-done-step-started = 步骤已开始
orders-done-step-finished = 步骤已完成
orders-done-step-failed = 差错已记录
orders-done-step-skipped = 步骤已跳过
orders-done-checklist = 检查项已保存
orders-done-undo = 已撤销
orders-undo-arrival = 撤销到店
orders-undo-start = 撤销开始
orders-undo-finish = 撤销完成
orders-undo-no-show = 撤销未到店
orders-since-arrived = { $time } 到店
orders-since-taken = { $time } 开单
orders-progress = 服务蓝图进度
orders-steps = 步骤
orders-step-skipped = 已跳过
orders-step-again = { $name }（返工）
orders-promise-ahead = 比承诺提前 { $minutes }
orders-promise-behind = 比承诺晚 { $minutes }
orders-promise-kept = 比承诺提前 { $minutes } 完成
orders-promise-broken = 比承诺晚 { $minutes } 完成
orders-promise-wait = 等候不超过 { $minutes } 分钟
orders-promise-ready = { $time } 前完成
orders-promise-left = 剩余 { $time }
orders-promise-over = 超时 { $time }
orders-promises = 承诺
orders-lines = 明细
orders-lines-edit = 修改
orders-lines-none = 这张服务单还没有明细。
orders-line-item = 项目
orders-line-quantity = 数量
orders-line-price = 单价
orders-line-amount = 金额
orders-line-standard = 标准 { $minutes } 分钟
orders-tax-within = 含税（{ $rate }%）
orders-total = 合计
orders-server = 由谁服务
orders-server-label = 服务人员
orders-server-open = 稍后决定
orders-checklist = { $step }结束前
orders-checklist-keep = 保存勾选
orders-customer = 顾客
orders-customer-name = 添加顾客
orders-customer-since = { $year } 年起
orders-customer-vip = 贵宾
orders-customer-regular = 普通
orders-customer-spent = 累计消费
orders-customer-visits = 到店次数
orders-customer-no-shows = 未到店
orders-customer-phone = 电话
orders-customer-last = 上次到店
orders-customer-language = 语言
orders-facts = 详情
orders-fact-number = 单号
orders-fact-taken = 开单
orders-fact-staff = 服务人员
orders-fact-blueprint = 服务蓝图
orders-fact-version = 第 { $number } 版
orders-fact-external = 外部编号

# 动态。
orders-told = 动态
orders-note = 内部备注
orders-note-hint = 接手的同事需要知道的事
orders-note-add = 添加备注
orders-told-note = 已添加备注
orders-told-guest = 顾客
orders-told-system = 掌柜
orders-told-created = 已开单
orders-told-booked = 预约已确认
orders-told-rescheduled = 已改期
orders-told-arrived = 已到店
orders-told-started = 服务已开始
orders-told-finished = 服务单已完成
orders-told-cancelled = 服务单已取消
orders-told-no-show = 已标记未到店
orders-told-expired = 暂留已过期
orders-told-arrival-undone = 已撤销到店
orders-told-start-undone = 已撤销开始
orders-told-finish-undone = 已撤销完成
orders-told-no-show-undone = 已撤销未到店
orders-told-changed = 服务单已修改
orders-told-step-started = { $step }：已开始
orders-told-step-finished = { $step }：已完成
orders-told-step-failed = { $step }：差错已记录
orders-told-step-reworked = { $step }：返工
orders-told-step-skipped = { $step }：已跳过
orders-told-step-ticked = { $step }：已勾选检查项
orders-told-step-restored = { $step }：已退回
orders-told-ticket-issued = 已取号
orders-told-ticket-called = 已叫号
orders-told-ticket-recalled = 再次叫号
orders-told-ticket-skipped = 已过号
orders-told-ticket-returned = 稍后回来
orders-told-ticket-restored = 已回到队列
orders-told-ticket-left = 已离开排队

# 单项询问页面。
orders-back = 返回
orders-reason = 为什么取消？
orders-reason-hint = 原因会随服务单保存，同事可见
orders-failure-of = 步骤：{ $step }
orders-cause = 出了什么差错？
orders-cause-hint = 该步骤需要返工；记录原因有助于下次避免
orders-content = 修改服务单
orders-content-save = 保存
orders-content-now = 服务单现在的内容：
orders-level = 服务顺序

# 顾客页面。
orders-customer-all = 全部服务单
orders-customer-none = 还没有服务单
orders-customer-none-text = 这位顾客的服务单会列在这里。
orders-customer-orders = 服务单
orders-customer-details = 顾客资料
orders-customer-saved = 顾客资料已保存
orders-customer-field-name = 姓名
orders-customer-field-reading = 拼音
orders-customer-field-email = 邮箱
orders-customer-field-level = 级别
orders-customer-field-note = 备注
orders-customer-language-open = 未知
orders-language-zh = 中文
orders-language-en = 英文
orders-aside = 顾客、承诺与详情
orders-new-rest = 留言与确认
orders-do-skip = 跳过步骤
orders-told-message-sent = 已通知顾客：{ $occasion ->
    [booked] 预约成功
    [moved] 时间变更
    [cancelled] 预约取消
    [reminder] 到店提醒
    [next] 即将叫号
    [thanks] 感谢光临
   *[other] 消息
}
orders-told-message-failed = 消息发送失败：{ $occasion ->
    [booked] 预约成功
    [moved] 时间变更
    [cancelled] 预约取消
    [reminder] 到店提醒
    [next] 即将叫号
    [thanks] 感谢光临
   *[other] 消息
}
orders-told-message-revived = 消息重新发送：{ $occasion ->
    [booked] 预约成功
    [moved] 时间变更
    [cancelled] 预约取消
    [reminder] 到店提醒
    [next] 即将叫号
    [thanks] 感谢光临
   *[other] 消息
}
orders-refuse-session = 这是团课名额，请在场次页面更改。
orders-refuse-not-seated = 该服务单没有此项目团课的名额。
orders-col-phone = 电话
orders-col-currency = 币种
orders-col-note = 备注
orders-col-external-id = 外部编号
orders-col-created = 下单时间
orders-col-slot-start = 预约时间
orders-col-slot-end = 预约结束
orders-col-arrived = 到店时间
orders-col-started = 开始时间
orders-col-finished = 完成时间
orders-col-closed = 结束时间
orders-col-reason = 原因
orders-not-of-an-import = 只有导入后未被更改的已结束服务单才能撤回。
orders-slot-other = 其他时间
orders-slot-other-hint = 当天任意时间，以五分钟为单位。
orders-slot-together = 本次到店的其他项目会一起移动。
orders-times = 某个时间能否预约
orders-times-at = 时间
orders-times-service = 服务
orders-times-ask = 能约吗？
orders-times-back = 返回日历
orders-times-free = { $time } 有空。
orders-times-book = 预约此时间
orders-times-overbook = 重叠预约
orders-times-others = 当天可约时间
orders-times-none = 这里没有可预约的服务
orders-times-none-text = 门店提供需要时间的服务后，会显示在这里。
orders-why-ask = 为什么没有这个时间？
orders-why-title = { $time } 不可选，原因：
orders-why-free = { $time } 可约。选“其他时间”即可预约。
orders-why-customers = 顾客不能在线预约，前台可以：
orders-why-part = 第 { $part } 项：
orders-why-past = 时间已过。
orders-why-step = 每 { $minutes } 分钟一个开始时间。
orders-why-length = 一次到店须在 5 分钟到 24 小时之间。
orders-why-closed = 其中部分时间门店不营业；营业时间 { $hours }。
orders-why-closed-all = 当天门店不营业。
orders-why-notice = 须至少提前{ $time }预约。
orders-why-horizon = 最多可提前 { $days } 天预约。
orders-why-limit = 该顾客已有 { $max } 个未到的预约，已达上限。
orders-why-nobody = 本店没有人具备技能：{ $skills }。
orders-why-place = { $name } 被占用到 { $time }（{ $number }）。
orders-why-no-place = 本店没有：{ $kind }。
orders-why-apart = 各项单独可约，但不能在半小时内衔接。
orders-why-skill = { $name } 没有技能：{ $skills }。
orders-why-no-shift = { $name } 当天不上班。
orders-why-shift = { $name } 的上班时间是 { $hours }。
orders-why-break = { $name } 休息到 { $time }。
orders-why-off = { $name } 请假到 { $time }。
orders-why-busy = { $name } 忙到 { $time }（{ $number }）。
orders-why-buffer = { $name } 需要准备和清理到 { $time }（{ $number }）。
orders-why-travel = { $name } 往返 { $site }，路上需要{ $time }。
orders-why-room-change = { $name } 换房间需要{ $time }。
orders-overbook = 仍要重叠预约，原因
orders-overbook-hint = 这位员工会同时有两位顾客。原因会记在服务单和日志里。
orders-overbook-reason = 请说明为什么要重叠预约。
orders-overbooked = 重叠预约
orders-parts = 本次到店的项目
orders-part-move = 更改
orders-refuse-limit = 您已有 { $max } 个未到的预约，已达上限。请先取消一个，或致电门店。
orders-part-when = 时间
orders-part-what = 项目、人员、房间
orders-do-repeat = 重复预约…
orders-told-series = 作为系列预约创建
orders-told-waiting-offered = 提供给候补顾客
orders-told-waiting-accepted = 候补顾客接受
orders-told-waiting-declined = 候补顾客放弃
orders-told-waiting-unanswered = 候补顾客未答复
orders-slot-wait = 登记候补
orders-told-file-added = 添加了文件
orders-told-file-captioned = 为文件写了说明
orders-told-file-removed = 移除了文件
orders-told-file-put-back = 放回了文件
orders-told-reopened = 重新打开
orders-told-enquiry-opened = 记下了咨询
orders-told-enquiry-taken = 接手答复
orders-told-enquiry-released = 放下
orders-told-enquiry-level = 设定了级别
orders-told-enquiry-closed = 结束
orders-told-enquiry-reopened = 重新打开咨询
orders-api-change = 更改订单内容
orders-api-undo = 撤销上一步操作
orders-api-step-tick = 勾选步骤清单
orders-api-fields = 订单的自定义字段
orders-api-fill = 填写订单的自定义字段
orders-api-list = 订单，新的在前
orders-api-show = 一张订单及其明细、步骤与备注
orders-api-create = 创建订单
orders-api-confirm = 确认暂留的时段
orders-api-arrive = 客户到店
orders-api-no-show = 客户未到
orders-api-start = 开始服务
orders-api-finish = 完成服务
orders-api-cancel = 取消订单
orders-api-reason = 由程序取消
orders-api-move = 改到其他时间
orders-api-note = 添加备注
orders-api-step-start = 开始一个步骤
orders-api-step-finish = 完成一个步骤
orders-api-step-skip = 跳过一个步骤
orders-api-step-fail = 步骤出错
