//! What columns may be called, in English and in Chinese, and where they stand in a file.

use std::collections::BTreeMap;

use fields::Field;
use kernel::{Fault, Text};

use crate::{
    grid::{Row, refuse},
    model::What,
};

/// A column we understand: our name for it, what others call it, whether a file must have it.
pub struct Column {
    name: &'static str,
    also: &'static [&'static str],
    needed: bool,
}

const fn may(name: &'static str, also: &'static [&'static str]) -> Column {
    Column {
        name,
        also,
        needed: false,
    }
}

const fn must(name: &'static str, also: &'static [&'static str]) -> Column {
    Column {
        name,
        also,
        needed: true,
    }
}

const SERVICES: &[Column] = &[
    may(
        "external_id",
        &[
            "id in another system",
            "其他系统中的编号",
            "id",
            "编号",
            "外部编号",
            "项目编号",
        ],
    ),
    may("code", &["sku", "代码", "编码", "货号"]),
    may("name", &["service", "title", "名称", "项目", "项目名称"]),
    may(
        "name_zh",
        &["name in chinese", "chinese name", "中文名", "中文名称"],
    ),
    may(
        "name_en",
        &["name in english", "english name", "英文名", "英文名称"],
    ),
    may(
        "text_zh",
        &[
            "给顾客看的介绍（中文）",
            "chinese text",
            "text for customers, chinese",
            "给顾客的说明（中文）",
            "中文说明",
            "说明",
            "描述",
        ],
    ),
    may(
        "text_en",
        &[
            "给顾客看的介绍（英文）",
            "english text",
            "text for customers, english",
            "给顾客的说明（英文）",
            "description",
            "text",
            "英文说明",
        ],
    ),
    may("kind", &["type", "类型"]),
    may("family", &["category", "group", "类别", "分类"]),
    may("minutes", &["duration", "时长", "分钟", "服务时长"]),
    may(
        "buffer_before",
        &["preparation before", "事前准备", "准备时间", "准备分钟"],
    ),
    may(
        "buffer_after",
        &[
            "clean up after",
            "事后整理",
            "清洁时间",
            "清洁分钟",
            "整理时间",
        ],
    ),
    may(
        "price",
        &[
            "price with tax",
            "含税价格",
            "amount",
            "价格",
            "单价",
            "售价",
        ],
    ),
    may("currency", &["币种", "货币"]),
    may("tax_percent", &["tax rate", "tax", "vat", "税率"]),
    may("channels", &["渠道"]),
    may("sites", &["site", "shops", "门店"]),
    may("skills", &["skill", "技能"]),
    may("resources", &["resource", "房间设备", "资源"]),
    may(
        "wait_target",
        &["wait at most", "最长等候", "等候承诺", "等候分钟"],
    ),
    may(
        "completion_target",
        &["done within", "完成不超过", "完成承诺", "完成分钟"],
    ),
    may("state", &["status", "状态"]),
];

const STAFF: &[Column] = &[
    may("external_id", &["id", "编号", "外部编号", "工号"]),
    must("name", &["staff", "employee", "姓名", "名称", "员工"]),
    may("reading", &["pinyin", "拼音", "英文名"]),
    may("sites", &["site", "shops", "shop", "门店"]),
    may("skills", &["skill", "技能"]),
];

const CUSTOMERS: &[Column] = &[
    may(
        "external_id",
        &[
            "id",
            "customer id",
            "编号",
            "外部编号",
            "客户编号",
            "会员号",
        ],
    ),
    must(
        "name",
        &["customer", "full name", "姓名", "名称", "客户", "客户姓名"],
    ),
    may("reading", &["pinyin", "拼音", "英文名"]),
    may(
        "phone",
        &["mobile", "telephone", "电话", "手机", "手机号", "联系电话"],
    ),
    may("email", &["e-mail", "mail", "邮箱", "电子邮箱"]),
    may("language", &["语言"]),
    may("level", &["tier", "等级", "会员等级"]),
    may("note", &["notes", "remark", "备注"]),
];

const ORDERS: &[Column] = &[
    must(
        "external_id",
        &[
            "id",
            "order",
            "order id",
            "number",
            "外部编号",
            "单号",
            "订单号",
            "编号",
        ],
    ),
    may("site", &["shop", "store", "门店"]),
    may("kind", &["type", "类型"]),
    may("channel", &["source", "渠道", "来源"]),
    may(
        "customer",
        &["customer name", "name", "客户", "姓名", "客户姓名"],
    ),
    may("phone", &["mobile", "电话", "手机", "手机号"]),
    may(
        "customer_external_id",
        &["customer id", "客户编号", "会员号"],
    ),
    may("service", &["item", "product", "项目", "服务", "商品"]),
    may("quantity", &["qty", "数量"]),
    may("price", &["unit price", "amount", "价格", "单价", "金额"]),
    may("staff", &["served by", "员工", "技师", "服务人员"]),
    must(
        "created",
        &[
            "created at",
            "ordered",
            "date",
            "下单时间",
            "创建时间",
            "日期",
        ],
    ),
    may("booked_for", &["slot", "appointment", "预约时间"]),
    may("booked_until", &["slot end", "预约结束"]),
    may("arrived", &["arrived at", "到店时间"]),
    may("started", &["started at", "开始时间"]),
    may(
        "finished",
        &["finished at", "closed", "完成时间", "结束时间"],
    ),
    may("state", &["status", "状态"]),
    may("reason", &["取消原因", "原因"]),
    may("note", &["notes", "remark", "备注"]),
];

const HISTORY: &[Column] = &[
    must(
        "case",
        &[
            "case id",
            "trace",
            "case concept name",
            "service id",
            "案例",
            "单号",
        ],
    ),
    must(
        "activity",
        &["operation", "concept name", "event", "活动", "操作", "步骤"],
    ),
    may(
        "start",
        &["start date", "start time", "start timestamp", "开始时间"],
    ),
    must(
        "complete",
        &[
            "end date",
            "end",
            "end time",
            "complete timestamp",
            "time timestamp",
            "timestamp",
            "完成时间",
            "结束时间",
            "时间",
        ],
    ),
    may(
        "resource",
        &["agent", "org resource", "staff", "资源", "员工"],
    ),
    may("customer", &["customer id", "客户"]),
    may("product", &["item", "产品", "项目"]),
    may("note", &["service type", "备注"]),
];

/// The columns that a file of this kind may have.
fn known(what: What) -> &'static [Column] {
    match what {
        What::Services => SERVICES,
        What::Staff => STAFF,
        What::Customers => CUSTOMERS,
        What::Orders => ORDERS,
        What::History => HISTORY,
    }
}

/// Before the key of a field of the business's own, as the name of its column.
const FIELD: &str = "field:";

/// The columns that a file of this kind may have: our name, and whether a file must have it.
pub fn offered(what: What, fields: &[Field]) -> Vec<(String, bool)> {
    let fixed = known(what).iter();
    let fixed = fixed.map(|column| (column.name.to_owned(), column.needed));
    let own = fields
        .iter()
        .map(|field| (format!("{FIELD}{}", field.key), false));
    fixed.chain(own).collect()
}

/// The column that a heading means, if any.
pub fn guess(what: What, fields: &[Field], heading: &str) -> Option<String> {
    let heading = plain(heading);
    let fixed = known(what).iter().find(|column| {
        plain(column.name) == heading || column.also.iter().any(|name| plain(name) == heading)
    });
    let own = || {
        let named = |field: &&Field| {
            let names = [&field.key, &field.name.zh, &field.name.en];
            let keyed = plain(&format!("{FIELD}{}", field.key)) == heading;
            keyed
                || names
                    .iter()
                    .any(|name| !name.is_empty() && plain(name) == heading)
        };
        fields.iter().find(named)
    };
    match fixed {
        Some(column) => Some(column.name.to_owned()),
        None => own().map(|field| format!("{FIELD}{}", field.key)),
    }
}

/// Where the columns stand in one file.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    at: BTreeMap<String, usize>,
    header: Vec<String>,
    /// The columns that say nothing to us.
    pub ignored: Vec<String>,
}

/// A heading as it is compared: small letters and signs become one space, marks of a duty go.
fn plain(heading: &str) -> String {
    let lower = heading.trim().trim_end_matches('*').to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || "_-:/.".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

impl Columns {
    /// Finds the columns of a header; refuses a file without those that it must have, or with one
    /// of them twice.
    pub fn find(what: What, header: &[String], fields: &[Field]) -> Result<Self, Fault> {
        let guessed = header.iter().map(|heading| guess(what, fields, heading));
        Self::chosen(what, header, &guessed.collect::<Vec<_>>())
    }

    /// Columns as somebody chose them: for each heading one of ours, or none.
    pub fn chosen(what: What, header: &[String], chosen: &[Option<String>]) -> Result<Self, Fault> {
        let mut found = Self {
            header: header.iter().map(|name| name.trim().to_owned()).collect(),
            ..Self::default()
        };
        for (place, heading) in found.header.clone().into_iter().enumerate() {
            match chosen.get(place).cloned().flatten() {
                None if heading.is_empty() => {}
                None => found.ignored.push(heading),
                Some(name) if found.at.contains_key(&name) => {
                    let text = Text::key("exchange-column-twice").with("column", name);
                    return Err(refuse(text));
                }
                Some(name) => {
                    found.at.insert(name, place);
                }
            }
        }
        let lacking: Vec<&str> = known(what)
            .iter()
            .filter(|column| column.needed && !found.at.contains_key(column.name))
            .map(|column| column.name)
            .collect();
        if lacking.is_empty() {
            return Ok(found);
        }
        let text = Text::key("exchange-column-lacking")
            .with("columns", lacking.join(", "))
            .with("found", found.header.join(", "));
        Err(refuse(text))
    }

    /// What stands in the columns of the business's own fields: key and cell.
    pub fn own<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = (String, String)> + 'c {
        let own = self.at.keys().filter_map(|name| name.strip_prefix(FIELD));
        own.map(|key| {
            let cell = self.cell(row, &format!("{FIELD}{key}"));
            (key.to_owned(), cell.to_owned())
        })
    }

    /// What stands in a column of a row, without spaces around it; empty when there is nothing.
    pub fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.at
            .get(name)
            .and_then(|place| row.cells.get(*place))
            .map_or("", |cell| sheets::undefused(cell.trim()))
    }

    /// The file's own heading of a column, or our name for one that it does not have.
    pub fn heading<'c>(&'c self, name: &'c str) -> &'c str {
        self.at.get(name).map_or(name, |place| &self.header[*place])
    }

    /// How many columns the header has.
    pub fn count(&self) -> usize {
        self.header.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(what: What, header: &str) -> Result<Columns, Fault> {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        Columns::find(what, &header, &[])
    }

    #[test]
    fn headings_are_known_in_both_languages_and_other_spellings() {
        let columns = find(What::Customers, "客户编号,姓名 *,手机号,鞋码").unwrap();
        assert_eq!(columns.ignored, ["鞋码"]);
        assert_eq!(columns.heading("phone"), "手机号");
        let columns = find(
            What::History,
            "Service ID,Operation,Start Date,End Date,Agent",
        );
        assert!(columns.unwrap().at.contains_key("resource"));
        let columns = find(
            What::History,
            "case:concept:name,concept:name,time:timestamp",
        );
        assert!(columns.is_ok());
    }

    #[test]
    fn a_file_without_a_column_it_must_have_or_with_one_twice_is_refused() {
        let lacking = find(What::Orders, "external_id,service").unwrap_err();
        assert_eq!(lacking.text.key, "exchange-column-lacking");
        let twice = find(What::Staff, "name,姓名").unwrap_err();
        assert_eq!(twice.text.key, "exchange-column-twice");
    }

    #[test]
    fn no_heading_could_mean_two_columns() {
        for what in What::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for column in known(what) {
                for name in column.also.iter().chain([&column.name]) {
                    assert!(seen.insert(plain(name)), "{what:?}: {name}");
                }
            }
        }
    }
}
