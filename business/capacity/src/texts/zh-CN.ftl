capacity-menu = 房间与设备
capacity-why-past = 这个时间已经过去，请选择更晚的时间。
capacity-why-notice =
    此项须至少提前{ $unit ->
        [days] { $days } 天
        [hours] { $hours } 小时
       *[minutes] { $minutes } 分钟
    }预约。请选更晚的时间，或致电门店。
capacity-why-horizon = 最多可提前 { $days } 天预约。请选更早的日期。
capacity-why-step = 预约从整刻钟开始，请选择列出的时间。
capacity-why-length = 一次到店需在 5 分钟到 24 小时之间。
capacity-why-closed = 这段时间门店有部分时间不营业。
capacity-why-skill = 所选人员不能做这项服务，请换一位。
capacity-why-shift = 那时没有能做这项服务的人上班，请换个时间或换一位。
capacity-why-staff = 这个时间已被占用，请换个时间或换一位。
capacity-why-travel = 能服务的人需要时间往返其他门店。请换个时间或换一位。
capacity-why-room-change = 能服务的人需要时间换房间。请换个时间或换一位。
capacity-why-resource = 所需的房间或设备那时都被占用，请换个时间。
capacity-why-resource-none = 本店还没有这项服务所需的房间或设备，请先在“房间与设备”中添加。
capacity-days-wrong = 请查询 1 到 { $max } 天，从第一天到最后一天。
capacity-order-claimed = 这张服务单已有时间，请改期。
capacity-hold-gone = 时间已不再保留，请重新选择。
capacity-resource-missing = 没有这个房间或设备。
capacity-kind-unknown = 请从列表中选择类别。
capacity-name-long = 名称最多 { $max } 个字符。
capacity-name-missing = 请至少填写一种语言的名称。
capacity-title = 房间与设备
capacity-site-note = 服务若需要某类房间或设备，只有其中一个空闲时才可预约。
capacity-empty = 还没有房间或设备
capacity-empty-text = 只需要人员的服务，没有它们也可以预约。
capacity-name-zh = 中文名称
capacity-name-en = 英文名称
capacity-kind = 类别
capacity-add = 添加
capacity-added = 已添加
capacity-add-title = 添加房间或设备
capacity-save = 保存
capacity-saved = 已保存
capacity-retire = 停用
capacity-restore = 恢复使用
capacity-retired = 已停用
capacity-active = 使用中
capacity-name = 名称
capacity-state = 状态
capacity-today = 今天
capacity-claims-today = { $count ->
    [0] 没有预约
   *[other] { $count } 次，{ $time }
}
capacity-needed-by = 需要它的服务
capacity-needed-by-none = 没有服务需要这类资源
capacity-session-full = 名额已满。
capacity-session-few = 只剩 { $left } 个名额。
capacity-session-gone = 本场次已取消。
capacity-session-begun = 本场次已开始。
capacity-seats-taken = 已有 { $taken } 个名额被占用。
capacity-room-not-here = 该项目不能使用这个房间。
capacity-rule-range = 请填 { $min } 到 { $max }，或留空。
