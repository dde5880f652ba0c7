customers-missing = 没有这位顾客，请重新按姓名或电话查找。
customers-name-needed = 请填写姓名。
customers-too-long = 最多 { $max } 个字。
customers-email-wrong = 请填写类似 name@example.com 的邮箱，或留空。
customers-phone-wrong = 请填写 5 到 15 位数字的电话，或留空。
customers-phone-taken = 该号码已属于另一位顾客，请按号码查找或更正。
