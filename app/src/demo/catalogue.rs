//! What Lotus is made of: names, services, people, rooms.

/// A site: slug, Chinese and English name, kinds, address, zone, currency, phone, visits a day.
pub struct SiteSample {
    pub slug: &'static str,
    pub name: (&'static str, &'static str),
    pub kind: (&'static str, &'static str),
    pub address: &'static str,
    pub zone: &'static str,
    pub currency: &'static str,
    pub phone: &'static str,
    pub visits_a_day: f64,
    /// Kind, how many, Chinese and English name.
    pub resources: &'static [(&'static str, i64, &'static str, &'static str)],
    /// Queue lines: letter, names, families.
    pub lines: &'static [(
        &'static str,
        &'static str,
        &'static str,
        &'static [&'static str],
    )],
}

pub const SITES: [SiteSample; 3] = [
    SiteSample {
        slug: "riverside",
        name: ("滨江店", "Riverside"),
        kind: ("美发与水疗", "Hair & spa"),
        address: "上海市黄浦区中山东二路 88 号",
        zone: "Asia/Shanghai",
        currency: "CNY",
        phone: "021 5555 0188",
        visits_a_day: 64.0,
        resources: &[
            ("chair", 7, "椅位", "Chair"),
            ("room", 2, "水疗室", "Spa room"),
        ],
        lines: &[
            ("A", "美发", "Hair", &["hair", "colour", "care"]),
            ("B", "水疗", "Spa", &["spa"]),
        ],
    },
    SiteSample {
        slug: "canal-street",
        name: ("运河街店", "Canal Street"),
        kind: ("维修咖啡馆", "Repair café"),
        address: "上海市虹口区四川北路 1200 号",
        zone: "Asia/Shanghai",
        currency: "CNY",
        phone: "021 5555 0166",
        visits_a_day: 30.0,
        resources: &[
            ("bench", 4, "工作台", "Bench"),
            ("table", 3, "咖啡桌", "Table"),
        ],
        lines: &[
            ("R", "维修", "Repair", &["repair"]),
            ("C", "咖啡", "Café", &["cafe"]),
        ],
    },
    SiteSample {
        slug: "ribeira",
        name: ("里贝拉店", "Ribeira"),
        kind: ("美发与水疗", "Hair & spa"),
        address: "Rua da Prata 41, Lisboa",
        zone: "Europe/Lisbon",
        currency: "EUR",
        phone: "+351 21 555 0142",
        visits_a_day: 28.0,
        resources: &[
            ("chair", 4, "椅位", "Chair"),
            ("room", 1, "水疗室", "Spa room"),
        ],
        lines: &[
            ("A", "美发", "Hair", &["hair", "colour", "care"]),
            ("B", "水疗", "Spa", &["spa"]),
        ],
    },
];

/// Code, Chinese and English name.
pub const SKILLS: [(&str, &str, &str); 9] = [
    ("cut", "剪发", "Cut"),
    ("colour", "染发", "Colour"),
    ("beard", "修须", "Beard"),
    ("care", "护理", "Care"),
    ("spa", "水疗", "Spa"),
    ("repair", "维修", "Repair"),
    ("electronics", "电子", "Electronics"),
    ("coffee", "咖啡", "Coffee"),
    ("desk", "前台", "Front desk"),
];

/// Name, reading, site, skills.
pub const STAFF: [(&str, &str, &str, &[&str]); 17] = [
    ("李梅", "Li Mei", "riverside", &["cut", "colour", "care"]),
    ("Jonas Weber", "Jonas Weber", "riverside", &["cut", "beard"]),
    (
        "Aiko Tanaka",
        "Aiko Tanaka",
        "riverside",
        &["cut", "colour", "care"],
    ),
    ("王昊", "Wang Hao", "riverside", &["cut", "beard", "care"]),
    ("陈素音", "Chen Suyin", "riverside", &["cut", "colour"]),
    ("高洁", "Gao Jie", "riverside", &["cut", "colour", "care"]),
    (
        "Lena Braun",
        "Lena Braun",
        "riverside",
        &["cut", "beard", "colour"],
    ),
    ("Priya Nair", "Priya Nair", "riverside", &["spa", "care"]),
    ("许波", "Xu Bo", "riverside", &["spa", "care"]),
    (
        "Tariq Aziz",
        "Tariq Aziz",
        "canal-street",
        &["repair", "electronics"],
    ),
    (
        "周琳",
        "Zhou Lin",
        "canal-street",
        &["repair", "electronics", "coffee"],
    ),
    (
        "Emre Kaya",
        "Emre Kaya",
        "canal-street",
        &["repair", "coffee"],
    ),
    ("何伟", "He Wei", "canal-street", &["repair"]),
    ("Marta Silva", "Marta Silva", "ribeira", &["cut", "colour"]),
    ("João Reis", "João Reis", "ribeira", &["cut", "beard"]),
    ("Rita Lopes", "Rita Lopes", "ribeira", &["spa", "care"]),
    (
        "Ana Moura",
        "Ana Moura",
        "ribeira",
        &["cut", "colour", "care"],
    ),
];

/// A service or good. `design` names a blueprint, by its key in the founding.
pub struct ServiceSample {
    pub code: &'static str,
    pub site: &'static str,
    pub family: &'static str,
    pub name: (&'static str, &'static str),
    pub text: (&'static str, &'static str),
    pub minutes: i64,
    pub price_minor: i64,
    pub skill: &'static str,
    pub resource: &'static str,
    pub clean_up_minutes: i64,
    pub wait_minutes: i64,
    pub design: &'static str,
    /// How often it is asked for, against the others of its site.
    pub weight: i64,
}

macro_rules! service {
    ($code:literal, $site:literal, $family:literal, $zh:literal / $en:literal,
     $text_zh:literal / $text_en:literal, $minutes:literal min, $price:literal,
     $skill:literal @ $resource:literal + $clean:literal, wait $wait:literal, $design:literal,
     x $weight:literal) => {
        ServiceSample {
            code: $code,
            site: $site,
            family: $family,
            name: ($zh, $en),
            text: ($text_zh, $text_en),
            minutes: $minutes,
            price_minor: $price,
            skill: $skill,
            resource: $resource,
            clean_up_minutes: $clean,
            wait_minutes: $wait,
            design: $design,
            weight: $weight,
        }
    };
}

pub const SERVICES: [ServiceSample; 26] = [
    service!("CUT-S", "riverside", "hair", "短发剪发" / "Cut · short",
        "洗、剪、吹，短发" / "Wash, cut and dry for short hair",
        45 min, 16800, "cut" @ "chair" + 0, wait 20, "cut", x 20),
    service!("CUT-L", "riverside", "hair", "长发剪发" / "Cut · long",
        "洗、剪、吹，长发" / "Wash, cut and dry for long hair",
        60 min, 22800, "cut" @ "chair" + 0, wait 20, "cut", x 16),
    service!("CUT-B", "riverside", "hair", "剪发与修须" / "Cut & beard",
        "剪发、热毛巾修须" / "Cut, then beard trim with a hot towel",
        60 min, 19800, "beard" @ "chair" + 0, wait 20, "cut", x 12),
    service!("BLOW", "riverside", "hair", "吹风造型" / "Blow-dry & style",
        "洗发、吹风、造型" / "Wash, dry and style",
        45 min, 12800, "cut" @ "chair" + 0, wait 20, "cut", x 12),
    service!("CUT-C", "riverside", "colour", "剪染套餐" / "Cut & colour",
        "咨询、染色、冲洗、剪发造型" / "Consultation, colour, rinse, cut and style",
        120 min, 88000, "colour" @ "chair" + 5, wait 20, "colour", x 10),
    service!("ROOT", "riverside", "colour", "发根补染" / "Root touch-up",
        "同色补染发根" / "The same shade at the roots",
        90 min, 48000, "colour" @ "chair" + 5, wait 20, "colour", x 8),
    service!("KERA", "riverside", "care", "角蛋白护理" / "Keratin treatment",
        "顺滑三个月" / "Smooth for three months",
        90 min, 78000, "care" @ "chair" + 0, wait 20, "cut", x 4),
    service!("SCALP", "riverside", "spa", "头皮水疗" / "Scalp spa",
        "清洁、按摩、精华" / "Cleanse, massage, serum",
        45 min, 29800, "spa" @ "room" + 10, wait 25, "spa", x 8),
    service!("STONE", "riverside", "spa", "热石背部按摩" / "Hot-stone back",
        "热石放松背部" / "Warm stones for the back",
        60 min, 39800, "spa" @ "room" + 15, wait 25, "spa", x 6),
    service!("AROMA", "riverside", "spa", "芳香身体护理" / "Aroma body",
        "九十分钟全身精油" / "Ninety minutes of oils, head to toe",
        90 min, 56800, "spa" @ "room" + 15, wait 25, "spa", x 4),
    service!("YOGA", "riverside", "spa", "晚间瑜伽" / "Evening yoga",
        "一小时舒展，名额八人" / "An hour of stretching, eight places",
        60 min, 9800, "spa" @ "room" + 0, wait 0, "", x 0),
    service!("PUMP", "canal-street", "repair", "咖啡机维修" / "Espresso machine repair",
        "检测、报价、换件、测试" / "Diagnose, quote, replace, test",
        90 min, 32000, "repair" @ "bench" + 0, wait 30, "repair", x 10),
    service!("DESC", "canal-street", "repair", "除垢冲洗" / "Descale & flush",
        "除垢、冲洗、检查密封" / "Descale, flush, check the seals",
        45 min, 9800, "repair" @ "bench" + 0, wait 30, "repair", x 12),
    service!("PHONE", "canal-street", "repair", "手机换屏" / "Phone screen",
        "原规格屏幕，当日可取" / "Same-grade screen, ready the same day",
        60 min, 68000, "electronics" @ "bench" + 0, wait 30, "repair", x 8),
    service!("BIKE", "canal-street", "repair", "自行车保养" / "Bike tune-up",
        "刹车、变速、轮组校正" / "Brakes, gears, wheels trued",
        60 min, 22000, "repair" @ "bench" + 0, wait 30, "repair", x 10),
    service!("TASTE", "canal-street", "cafe", "咖啡品鉴" / "Coffee tasting",
        "三支单品，边修边喝" / "Three single origins while you wait",
        45 min, 9800, "coffee" @ "table" + 5, wait 15, "", x 10),
    service!("CORTE", "ribeira", "hair", "剪发" / "Haircut",
        "洗、剪、吹" / "Wash, cut and dry",
        45 min, 3200, "cut" @ "chair" + 0, wait 20, "cut", x 20),
    service!("BARBA", "ribeira", "hair", "剪发与修须" / "Hair & beard",
        "剪发与修须" / "Haircut and beard trim",
        60 min, 3900, "beard" @ "chair" + 0, wait 20, "cut", x 10),
    service!("COR", "ribeira", "colour", "染发" / "Colour",
        "染色与造型" / "Colour and style",
        120 min, 9500, "colour" @ "chair" + 5, wait 20, "colour", x 8),
    service!("CABECA", "ribeira", "spa", "头部水疗" / "Head spa",
        "头皮按摩与护理" / "Scalp massage and care",
        60 min, 5500, "spa" @ "room" + 10, wait 25, "spa", x 8),
    service!("MASK", "riverside", "care", "护发膜" / "Hair mask",
        "洗后敷十五分钟" / "Fifteen minutes after the wash",
        15 min, 8800, "cut" @ "chair" + 0, wait 20, "", x 1),
    service!("HEADM", "riverside", "care", "肩颈按摩" / "Neck massage",
        "坐着就能放松" / "Relax in the chair",
        15 min, 6800, "cut" @ "chair" + 0, wait 20, "", x 1),
    service!("SAFE", "canal-street", "repair", "用电安全检测" / "Electrical safety test",
        "接地与漏电，附报告" / "Earth and leakage, with a report",
        15 min, 5800, "repair" @ "bench" + 0, wait 30, "", x 1),
    service!("SHAMP", "riverside", "care", "洗发水 500 毫升" / "Shampoo 500 ml",
        "无硅油，茶树" / "Silicone-free, tea tree",
        0 min, 12800, "" @ "" + 0, wait 0, "", x 0),
    service!("OIL", "riverside", "care", "护发精油" / "Hair oil",
        "山茶花精油" / "Camellia oil",
        0 min, 16800, "" @ "" + 0, wait 0, "", x 0),
    service!("FILTER", "canal-street", "cafe", "滤芯套装" / "Filter set",
        "三个月用量" / "Three months' worth",
        0 min, 8800, "" @ "" + 0, wait 0, "", x 0),
];

/// What is offered with a service.
pub const ADD_ONS: [(&str, &[&str]); 6] = [
    ("CUT-S", &["MASK", "HEADM"]),
    ("CUT-L", &["MASK", "HEADM"]),
    ("BLOW", &["MASK", "HEADM"]),
    ("CUT-C", &["MASK"]),
    ("PUMP", &["SAFE"]),
    ("DESC", &["SAFE"]),
];

/// Login, name, role, reading (of a member of staff: they are one), the site they are limited to.
pub const USERS: [(&str, &str, &str, &str, &str); 8] = [
    ("liu.yan", "刘燕", "owner", "Liu Yan", ""),
    ("zhang.wei", "张伟", "manager", "Zhang Wei", ""),
    ("he.jia", "何佳", "desk", "He Jia", "riverside"),
    ("li.mei", "李梅", "staff", "Li Mei", "riverside"),
    ("jonas", "Jonas Weber", "staff", "Jonas Weber", "riverside"),
    ("tariq", "Tariq Aziz", "staff", "Tariq Aziz", "canal-street"),
    ("sun.hong", "孙虹", "support", "Sun Hong", ""),
    ("auditor", "Clara Vogt", "read_only", "", ""),
];

/// Family names with their readings.
pub const FAMILY_NAMES: [(&str, &str); 20] = [
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("赵", "Zhao"),
    ("黄", "Huang"),
    ("周", "Zhou"),
    ("吴", "Wu"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("胡", "Hu"),
    ("朱", "Zhu"),
    ("高", "Gao"),
    ("林", "Lin"),
    ("何", "He"),
    ("郭", "Guo"),
    ("马", "Ma"),
    ("罗", "Luo"),
];

/// Given names with their readings.
pub const GIVEN_NAMES: [(&str, &str); 24] = [
    ("雨桐", "Yutong"),
    ("静", "Jing"),
    ("磊", "Lei"),
    ("悦", "Yue"),
    ("若溪", "Ruoxi"),
    ("佳怡", "Jiayi"),
    ("雯", "Wen"),
    ("婷", "Ting"),
    ("明哲", "Mingzhe"),
    ("子涵", "Zihan"),
    ("欣", "Xin"),
    ("浩然", "Haoran"),
    ("诗琪", "Shiqi"),
    ("宇轩", "Yuxuan"),
    ("丽", "Li"),
    ("强", "Qiang"),
    ("敏", "Min"),
    ("芳", "Fang"),
    ("杰", "Jie"),
    ("思远", "Siyuan"),
    ("晓彤", "Xiaotong"),
    ("文博", "Wenbo"),
    ("梦瑶", "Mengyao"),
    ("天宇", "Tianyu"),
];

/// Given names from elsewhere.
pub const OTHER_GIVEN_NAMES: [&str; 26] = [
    "Inês", "David", "Sofia", "Tom", "Nina", "Emma", "Marta", "Hannah", "Lucas", "Anna", "Pedro",
    "Clara", "Miguel", "Julia", "Omar", "Elena", "Kenji", "Amira", "Paul", "Lena", "Rui",
    "Beatriz", "Sara", "Tiago", "Ingrid", "Noah",
];

/// Family names from elsewhere.
pub const OTHER_FAMILY_NAMES: [&str; 26] = [
    "Duarte",
    "Okafor",
    "Marino",
    "Becker",
    "Costa",
    "Lindqvist",
    "Kowalska",
    "Kim",
    "Pereira",
    "Novak",
    "Alves",
    "Nunes",
    "Santos",
    "Fischer",
    "Haddad",
    "Petrova",
    "Sato",
    "Said",
    "Martin",
    "Brandt",
    "Carvalho",
    "Rocha",
    "Lima",
    "Melo",
    "Solberg",
    "Adeyemi",
];

/// Why a step went wrong: Chinese and English, told in one line.
pub const CAUSES: [&str; 6] = [
    "色号缺货 · Shade out of stock",
    "零件不符 · Wrong part fetched",
    "顾客改主意 · Customer changed their mind",
    "时间估计不足 · Needed longer than planned",
    "设备故障 · Equipment failed",
    "交接遗漏 · Hand-over missed a point",
];

/// Why bookings are called off.
pub const REASONS: [&str; 4] = [
    "临时有事 · Something came up",
    "身体不适 · Not feeling well",
    "约了别的时间 · Chose another time",
    "天气原因 · Weather",
];

/// Why somebody left the line.
pub const WAITED_TOO_LONG: &str = "等得太久 · Waited too long";

/// What customers say when they book or walk in, Chinese and English.
pub const REMARKS: [(&str, &str); 8] = [
    (
        "对氨水过敏，请用无氨染膏",
        "Allergic to ammonia, please use a mild dye",
    ),
    ("两侧推短一点", "A little shorter at the sides"),
    ("赶时间，五点前要走", "In a hurry, has to leave by five"),
    ("和上次一样", "Same as last time"),
    ("请安排安静的位置", "A quiet seat, please"),
    ("带小朋友一起来", "Brings a child along"),
    (
        "机器开机后有异响",
        "Makes a strange noise after it is switched on",
    ),
    ("发票抬头见邮件", "Invoice details were mailed"),
];

/// What is asked on the phone.
pub const ENQUIRIES: [(&str, &str); 4] = [
    (
        "周日下午还有空位吗？",
        "Is there still room on Sunday afternoon?",
    ),
    ("孕期可以做染发吗？", "Is colouring fine during pregnancy?"),
    (
        "想办十人团建，怎么预约？",
        "Ten colleagues would like to come: how do we book?",
    ),
    ("可以用企业账户付款吗？", "Can the company pay?"),
];

/// What went wrong for a customer.
pub const COMPLAINTS: [(&str, &str); 4] = [
    (
        "预约的时间等了二十分钟",
        "Waited twenty minutes past the booked time",
    ),
    ("颜色比样板深", "The colour is darker than on the card"),
    (
        "取回的机器又漏水了",
        "The machine leaks again after the repair",
    ),
    (
        "多收了一瓶洗发水的钱",
        "Was charged for a shampoo by mistake",
    ),
];

/// What has to be done at the customer's place.
pub const JOBS: [(&str, &str); 3] = [
    (
        "办公室两台咖啡机保养，十二楼",
        "Service two coffee machines in the office, twelfth floor",
    ),
    (
        "酒店大堂自行车检修",
        "Check the bicycles in the hotel lobby",
    ),
    ("店里的磨豆机卡住了", "The grinder in the shop is stuck"),
];
