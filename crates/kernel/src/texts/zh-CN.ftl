kernel-fields-wrong = 有 { $count } 处需要修改。
kernel-stale = 其他人刚刚改动了这里。请查看最新内容后再决定。
kernel-forbidden = 你的角色没有此权限，请联系店主或经理。
kernel-sign-in = 请先登录。
kernel-broken = 系统出错，未做任何改动。请重试；若仍失败，请告知参考编号。
