operation-menu = 运行状况
operation-title = 运行状况
operation-subtitle = 系统运行得如何
operation-all-well = 一切正常，无需处理。
operation-backup-failed = 最近一次备份失败。请在“备份”中查看原因，并优先处理。
operation-backup-late = 备份已逾期：请检查备份文件夹是否可用。
operation-backup-never = 从未备份过。请运维人员启动时加上 --backup-folder，或运行 steward backup。
operation-disk-full = 数据所在磁盘几乎没有空间。请立即腾出空间，否则无法保存任何内容。
operation-disk-short = 数据所在磁盘剩余不足 1 GB。
operation-queue-stuck = { $name }：一刻钟前就该发出的内容仍在等待。
operation-queue-failed = { $name }：一周内有内容已放弃发送。
operation-job-failed = 任务“{ $name }”上次运行失败，原因见日志。
operation-figures = 数字
operation-database-size = 数据库
operation-disk-free = 剩余空间
operation-memory = 内存
operation-live = 打开的页面
operation-backups = 备份
operation-backups-elsewhere = 数据库在 PostgreSQL 服务器上，由其自带工具（如 pg_dump）备份，本系统不掌握其情况。
operation-plan = 每 { $hours } 小时一次，保留 { $keep } 份
operation-no-plan = 无：仅在有人运行 steward backup 时备份
operation-planned = 计划
operation-last-good = 最近成功
operation-last-failed = 最近失败
operation-file = 文件
operation-sealed = 已加密
operation-not-sealed = 未加密
operation-drill = 没有恢复过的备份只是愿望：steward drill FILE 会把它恢复到单独的位置并检查全部数据。
operation-queues = 等待处理
operation-queue = 位置
operation-waiting = 等待
operation-overdue = 逾期起始
operation-given-up = 一周内放弃
operation-no-queues = 没有需要发送的内容。
operation-jobs = 定期任务
operation-job = 任务
operation-job-name = { $job ->
    [forget-taps] 忘记旧的按键
    [prune-claims] 清理过期占用
    [customers-terms-made-anew] 更新姓名索引
    [enquiries-adopt] 接收新的咨询
    [work-on-imports] 处理导入
    [make-archives] 生成数据导出
    [forget-archives] 删除过期导出
    [forget-old-import-files] 删除旧的导入文件
    [files-clear] 清理无主文件
    [write-messages] 撰写消息
    [write-reminders] 撰写提醒
    [send-messages] 发送消息
    [send-webhooks] 发送事件推送
    [forget-sent-webhooks] 清理旧的推送记录
    [offers-move-photos] 整理服务照片
    [orders-expire-holds] 释放过期保留
    [forget-what-no-longer-opens] 清理失效登录
    [settle-tickets] 结清取号
    [learn-from-quotes] 学习等候预测
    [offer-freed-times] 提供空出的时间
    [sweep-waiting-lists] 整理候补名单
    [back-up] 备份
   *[other] { $name }
}
operation-last-run = 上次运行
operation-took = 用时
operation-outcome = 结果
operation-well = 正常
operation-failed = 失败
operation-none = 暂无
operation-no-jobs = 系统启动以来还没有运行过。
operation-slow = 慢命令
operation-command = 命令
operation-when = 时间
operation-none-slow = 系统启动以来没有慢命令。
operation-versions = 版本
operation-program = 系统
operation-database = 数据库
operation-running = 已运行
