webhooks-title = 事件推送
webhooks-one = 推送
webhooks-none = 还没有向任何程序推送
webhooks-about = 事件推送会把这里发生的事即时告诉其他程序：每条都有签名、按顺序发送，未送达会重试。
webhooks-new = 新建推送
webhooks-url = 地址
webhooks-url-hint = 事件以 JSON 发送到此地址，按 Standard Webhooks 规范签名。
webhooks-url-wrong = 请输入以 https:// 或 http:// 开头的地址，地址中不要带密码。
webhooks-kinds = 事件
webhooks-kinds-hint = 一个都不选表示全部发送。顾客只以编号出现。
webhooks-kinds-wrong = 最多填 50 个类别或事件，如 order 或 ticket.called。可用的类别：{ $nouns }。
webhooks-kind = { $kind ->
    [order] 服务单
    [step] 步骤
    [ticket] 排队号
    [session] 团课
    [series] 重复预约
    [waiting] 候补
    [enquiry] 咨询
    [customer] 顾客
    [message] 消息
    [service] 项目
    [blueprint] 服务蓝图
    [resource] 房间与设备
    [staff] 员工
    [shift] 班次
    [time_off] 休假
    [request] 员工申请
    [site] 门店
    [user] 账号
   *[other] { $kind }
}
webhooks-comma = 、
webhooks-everything = 全部
webhooks-make = 新建推送
webhooks-many = 已有 { $max } 个推送，请先删除一个。
webhooks-missing = 这个推送已经不在了。
webhooks-delivery-missing = 这条推送记录已经不在了。
webhooks-state = 状态
webhooks-active = 正常
webhooks-failing = 未送达
webhooks-is-paused = 已暂停
webhooks-is-stopped = 已停用
webhooks-stopped-text = 对方连续五天没有接收，或表示不再需要。请先检查对方程序，发送测试，再恢复；期间发生的事会先补发。
webhooks-failing-since = 自 { $since } 起未能送达。
webhooks-retry-at = 将于 { $at } 重试；之后发生的事排在后面。
webhooks-on-the-way = 待送达
webhooks-made-at = 建立时间
webhooks-choices = 发送内容与地址
webhooks-save = 保存
webhooks-saved = 已保存
webhooks-key = 签名密钥
webhooks-key-once = 请现在复制此密钥，之后不再显示。
webhooks-key-text = 对方用它核对事件确由此处发出。新密钥只显示一次；旧密钥在一天内同时签名。
webhooks-key-former = 旧密钥签名至 { $until }。
webhooks-key-change = 更换密钥
webhooks-test = 发送测试
webhooks-tested = 测试已在路上。
webhooks-a-test = 测试
webhooks-pause = 暂停
webhooks-paused = 暂时不再发送。
webhooks-resume = 恢复
webhooks-resumed = 已恢复发送，先补发期间发生的事。
webhooks-remove = 删除推送
webhooks-remove-title = 删除这个推送？
webhooks-remove-text = 待送达的事件和推送记录会一并删除，无法撤销。
webhooks-removed = 推送已删除。
webhooks-replay = 重发
webhooks-replayed = 已再次发送。
webhooks-replay-title = 重发一段时间
webhooks-replay-text = 这段时间内已放弃的事件会按顺序重发一次。
webhooks-replay-delivered = 已送达的也重发
webhooks-replay-range = 重发
webhooks-replayed-count = { $count ->
    [0] 没有需要重发的事件。
   *[other] { $count } 条事件已再次发送。
}
webhooks-range-backwards = 请选择晚于开始的时间。
webhooks-from = 从
webhooks-until = 至
webhooks-sent = 推送记录
webhooks-all = 全部
webhooks-nothing = 暂无记录
webhooks-nothing-text = 之后发生的事发送后会出现在这里。发送测试可以检查是否畅通。
webhooks-written = 记录时间
webhooks-tried = 上次尝试
webhooks-attempts = 次数
webhooks-answer = 应答
webhooks-took = 用时
webhooks-body = 发送内容
webhooks-id = 每次尝试的编号
webhooks-stage-waiting = 待发送
webhooks-stage-failed = 将重试
webhooks-stage-delivered = 已送达
webhooks-stage-dead = 已放弃
webhooks-reason = { $reason ->
    [moved] 指向别处，不会跟随
    [key] 密钥无法读取
   *[inside] 位于内部网络，不允许发送
}
webhooks-api-list = 接收事件的程序
webhooks-api-create = 新建事件推送
webhooks-api-show = 一个推送
webhooks-api-change = 更改地址与事件
webhooks-api-remove = 删除推送
webhooks-api-pause = 暂停发送
webhooks-api-resume = 恢复发送，先补发期间发生的事
webhooks-api-key = 更换密钥，旧密钥再用一天
webhooks-api-test = 按正式途径发送测试
webhooks-api-deliveries = 推送记录，新的在前
webhooks-api-replay = 重发一条
webhooks-api-replays = 重发一段时间
webhooks-api-delivery = 一次推送：发送的内容和收到的答复
