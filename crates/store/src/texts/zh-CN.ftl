store-duplicate = 已存在相同的内容。请查看现有内容，或换一个名称。
store-busy = 两处改动同时发生，本次未做任何改动。请重试。
store-key-reused = 之前用同一凭据发送过不同的内容，因此没有执行。请重新打开页面再按一次。
store-full = 数据所在的磁盘已满，未做任何改动。请腾出空间后重试。
store-unavailable = 数据库暂时没有响应。请过几秒再试。
