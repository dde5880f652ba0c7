store-duplicate = 已存在相同的内容。请查看现有内容，或换一个名称。
store-busy = 两处改动同时发生，本次未做任何改动。请重试。
