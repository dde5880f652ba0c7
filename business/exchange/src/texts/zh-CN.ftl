exchange-complaint = 第 { $row } 行，{ $column }：{ $reason }
exchange-complaint-row = 第 { $row } 行：{ $reason }
exchange-report = 新增 { $new }，更改 { $changed }，跳过 { $skipped }，失败 { $failed }
exchange-dry-run = 这是试运行，没有更改任何数据。
exchange-file-no-text = 文件不是 UTF-8、UTF-16 或 GBK 文本。请另存为 UTF-8 的 CSV 或 XLSX。
exchange-file-large = 文件超过 { $max } MB，请拆分。
exchange-file-packed = 文件已损坏，无法解压。
exchange-file-sheet = 文件已损坏、受保护或不是 XLSX 工作簿，请重新另存为 XLSX。
exchange-file-swells = 工作簿解压后超过 { $max } MB，请把第一个工作表另存为 CSV。
exchange-file-old-sheet = 这是旧版 XLS 工作簿或带密码的文件，请另存为 XLSX 或 CSV。
exchange-file-empty = 文件是空的。第一行应为列名。
exchange-file-columns = 文件超过 { $max } 列。
exchange-file-rows = 文件超过 { $max } 行，请拆分。
exchange-file-cell = 第 { $row } 行有单元格超过 { $max } 个字符。
exchange-file-log = 事件日志无法读取：{ $problem }
exchange-file-quote = 第 { $row } 行的引号没有闭合。
exchange-column-twice = 列 { $column } 出现了两次。
exchange-column-lacking = 缺少这些列：{ $columns }。文件中有：{ $found }。
exchange-row-long = 这一行有 { $cells } 个单元格，而表头只有 { $columns } 列。
exchange-needed = 不能为空。
exchange-twice = 与第 { $earlier } 行重复。
exchange-identity-phone = 请提供 external_id 或电话，以便再次识别该顾客。
exchange-identity-code = 请提供 external_id 或代码，以便再次识别该项目。
exchange-text-long = 最多 { $max } 个字符。
exchange-text-control = 含有无法显示的字符。
exchange-whole-wrong = “{ $value }”不是 { $min } 到 { $max } 之间的整数。
exchange-percent-wrong = “{ $value }”不是 0 到 100 之间、最多一位小数的百分比。
exchange-money-negative = 金额不能为负。
exchange-money-wrong = “{ $value }”不是有效的 { $currency } 金额，请写成 1680.50。
exchange-currency-wrong = “{ $value }”不是三个字母的货币代码，例如 CNY。
exchange-choice-wrong = “{ $value }”不在可选范围内：{ $allowed }。
exchange-date-wrong = “{ $value }”不是只有一种读法的日期，请写成 2026-11-21 14:30。
exchange-date-absurd = “{ $value }”太远了；日期应在 1970 年到今后十年之间。
exchange-time-skipped = “{ $value }”并不存在：时钟跳过了那一小时。
exchange-future = 尚未发生；只能导入过去的记录。
exchange-backwards = 结束早于开始。
exchange-phone-wrong = “{ $value }”不是 5 到 15 位的电话号码。
exchange-site-needed = 请在 site 列或用 --site 说明是哪家门店。
exchange-site-unknown = 没有门店“{ $value }”；现有 { $allowed }。
exchange-skill-unknown = 没有技能“{ $value }”；请先添加，或写小写拉丁字母代码。
exchange-staff-unknown = 没有名叫“{ $value }”的员工；请先导入员工。
exchange-customer-unknown = 没有顾客“{ $value }”；请先导入顾客，或提供姓名或电话。
exchange-lines-many = 一张服务单最多 { $max } 条明细。
exchange-steps-many = 一个案例最多 { $max } 个步骤。
exchange-menu = 导入
exchange-new = 新的导入
exchange-none = 还没有导入
exchange-none-text = 从其他软件的文件导入顾客、项目、员工和历史服务单。每次导入都列在这里，并可撤销。
exchange-file = 文件
exchange-kind = 内容
exchange-state-head = 状态
exchange-rows = 行数
exchange-refused = 未导入
exchange-when = 时间
exchange-who = 操作人
exchange-site = 未写门店的行属于
exchange-site-in-file = 每行写明门店
exchange-site-hint = 用于没有门店列的文件。
exchange-file-hint = CSV 或 XLSX（历史也可用 XES），最多 64 MB、200,000 行、500 列。
exchange-file-needed = 请选择文件。
exchange-upload = 上传
exchange-samples = 示例文件
exchange-samples-text = 含列名和几行示例。列的顺序和名称不限：每列的含义由您选择。
exchange-import-missing = 没有这次导入。
exchange-file-forgotten = 文件已不再保留，请重新上传。
exchange-file-no-rows = 列名下面没有数据行。
exchange-not-now = 现在不能这样做，请看导入的状态。
exchange-kept-changed = 之后被更改过。
exchange-kept-used = 之后被使用过（{ $fact }）。
exchange-new-rows = 新增
exchange-changed = 更改
exchange-same = 相同
exchange-undone = 已撤销
exchange-kept = 保留未动
exchange-run = 导入 { $count } 行
exchange-check = 检查每一行
exchange-check-again = 重新检查
exchange-resume = 继续
exchange-undo = 撤销这次导入
exchange-stop = 停止
exchange-refused-file = 未导入的行（文件）
exchange-all = 导入记录
exchange-columns = 各列的含义
exchange-columns-text = 每个选项下面是文件中该列的内容。您的选择会记住，用于下一个同类文件。
exchange-pass-over = – 跳过 –
exchange-preview = 前几行，将这样读取
exchange-row = 行
exchange-column-head = 列
exchange-reason = 原因
exchange-refused-rows = 未导入的行
exchange-kept-rows = 保留未动的
exchange-thing = 对象
exchange-what = { $what ->
    [services] 项目
    [staff] 员工
    [customers] 顾客
    [orders] 历史服务单
   *[other] 事件日志
    }
exchange-thing-kind = { $kind ->
    [customer] 顾客
    [order] 服务单
    [service] 项目
   *[other] 员工
    }
exchange-state = { $state ->
    [mapping] 待选列
    [checking] 检查中
    [checked] 已检查
    [running] 导入中
    [stopped] 已停止
    [done] 已完成
    [undoing] 撤销中
    [undone] 已撤销
   *[other] 失败
    }
exchange-told = { $state ->
    [mapping] 文件已收到，共 { $rows } 行。请说明各列的含义；还没有导入任何数据。
    [checking] 逐行试导入并撤回，因此数字是真实的。
    [checked] 这是将会发生的情况，还没有导入任何数据。
    [running] 每次导入几百行。可以离开此页，导入会继续。
    [stopped] 已停止。已导入的保留，其余可以稍后继续。
    [done] 文件已导入。
    [undoing] 导入新增的会被移除，更改的会恢复原样。
    [undone] 导入已撤销。
   *[other] 因系统故障停止。已导入的保留，其余可以稍后继续。
    }
exchange-column = { $name ->
    [external_id] 外部编号
    [code] 代码
    [name] 名称
    [name_zh] 中文名称
    [name_en] 英文名称
    [text_zh] 中文说明
    [text_en] 英文说明
    [kind] 类型
    [family] 类别
    [minutes] 时长
    [buffer_before] 准备时间
    [buffer_after] 清洁时间
    [price] 单价
    [currency] 币种
    [tax_percent] 税率
    [channels] 渠道
    [sites] 门店
    [skills] 技能
    [resources] 资源
    [wait_target] 等候承诺
    [completion_target] 完成承诺
    [state] 状态
    [reading] 拼音
    [phone] 电话
    [email] 邮箱
    [language] 语言
    [level] 等级
    [note] 备注
    [site] 门店
    [channel] 渠道
    [customer] 客户
    [customer_external_id] 客户编号
    [service] 项目
    [quantity] 数量
    [staff] 员工
    [created] 下单时间
    [booked_for] 预约时间
    [booked_until] 预约结束
    [arrived] 到店时间
    [started] 开始时间
    [finished] 完成时间
    [reason] 原因
    [case] 案例
    [activity] 活动
    [start] 开始时间
    [complete] 完成时间
    [resource] 资源
    [product] 产品
   *[other] { $name }
    }
exchange-archive = 全部数据导出
exchange-archive-text = 一个 ZIP，含全部数据表（CSV）、照片和文件，以及列明数量的清单。密钥、密码和可直接打开的链接不包含在内。
exchange-archive-open = 前往全部数据导出
exchange-archive-ask = 生成导出文件
exchange-archive-none = 还没有导出文件
exchange-archive-none-text = 生成需要一些时间，取决于数据多少。生成后 24 小时内可以下载。
exchange-archive-fetch = 下载
exchange-archive-ready = { $rows } 行，{ $size }。{ $until } 之前可以下载。
exchange-archive-rows = 已写入 { $rows } 行
exchange-archive-missing = 没有这个导出文件。
exchange-archive-over = 这个导出文件已不能下载，请重新生成。
exchange-archive-state = { $state ->
    [asked] 等待中
    [working] 生成中
    [ready] 可下载
    [failed] 因系统故障失败，请重新生成。
   *[other] 已不再保留。
    }
exchange-api-list = 导入记录，最新的在前
exchange-api-show = 一次导入：进度，以及各列可表示的内容
exchange-api-send = 发送要导入的文件
exchange-api-columns = 指定各列的含义并试导入
exchange-api-check = 试导入每一行，不写入任何内容
exchange-api-run = 导入各行，或继续导入
exchange-api-stop = 在处理完当前各行后停止导入
exchange-api-undo = 撤回一次导入新增和修改的内容
exchange-api-refusals = 一次导入中被拒绝的行
exchange-api-kept = 撤回导入时保留下来的内容
