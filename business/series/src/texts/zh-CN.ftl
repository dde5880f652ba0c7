series-api-create = 创建重复预约
series-api-look = 查看重复预约的各个日期
series-api-repeat = 将已有预约设为重复
series-api-show = 一个系列及其各次预约
series-api-move = 改期系列中的这一次、之后各次或全部
series-api-cancel = 取消系列中的这一次、之后各次或全部
series-title = 重复预约
series-missing = 没有这个系列。
series-too-long = 一个系列最多 { $max } 个日期。请减少次数或提前结束日期。
series-no-dates = 没有可用日期。请推迟结束日期或增加次数。
series-start-needed = 请选择首次的时间。
series-service-needed = 请选择项目。
series-undecided = 有 { $count } 个日期无法预约，请逐一选择处理方式。
series-in-another = 该预约已属于另一个系列。
series-not-this = 只有单独时间的预约可以重复。
series-overruled = 作为系列的一部分，明知冲突仍预约
series-shift-refused = 无法改期：{ $dates }
series-every-days = { $count ->
        [1] 每天
       *[other] 每 { $count } 天
    }
series-every-weeks = { $count ->
        [1] 每周
       *[other] 每 { $count } 周
    }
series-every-months = { $count ->
        [1] 每月
       *[other] 每 { $count } 个月
    }
series-how-often = 频率
series-what = 项目
series-first = 首次
series-with = 服务人
series-anybody = 任何可服务的人
series-unit = 单位
series-unit-days = 天
series-unit-weeks = 周
series-unit-months = 月
series-step = 每
series-times = 总次数
series-until = 或截至
series-look = 查看日期
series-take = 预约这些日期
series-none-yet = 哪些日期？
series-none-yet-text = 先选频率，预约前即可看到每个日期：歇业或已占用的会注明，并给出最近的空闲时间。
series-dates = 共 { $count } 个日期，{ $wrong } 个无法预约
series-date = 日期
series-time = 时间
series-state = 状态
series-free = 可约
series-skip = 跳过
series-instead = 改为 { $when }
series-overrule = 仍然预约
series-decide = { $date } 如何处理
series-back = 返回
series-taken = 已预约 { $count } 次
series-number = 服务单
series-place = 第 { $position } 次，共 { $count } 次
series-which = 范围
series-this = 仅这次
series-following = 这次及以后
series-all = 所有未到的
series-reason = 原因
series-cancel = 取消
series-told-cancelled = 已取消 { $count } 个预约
series-move = 改期
series-move-text = 其他预约移动相同天数，改到同一时间。
series-keep-staff = 同一人
series-skip-moves = 无法改期的保持不变
series-told-moved = 已改期 { $count } 个预约
series-why-holiday = 歇业：{ $name }。
