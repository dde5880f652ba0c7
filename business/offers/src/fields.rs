//! Services as the fields of a form, and back.

use kernel::{Bilingual, Channel, Currency, Fault, Money, Text};
use web::Fields;

use crate::model::{CHANNELS, Family, Kind, Service, Targets};

/// What stands in the fields of a saved service.
pub(crate) fn typed(service: &Service) -> Fields {
    let number = |minutes: Option<i64>| minutes.map_or(String::new(), |n| n.to_string());
    let blueprint = service.blueprint.map_or(String::new(), |id| id.to_string());
    let external_id = service.external_id.clone().unwrap_or_default();
    let mut values: Vec<(&str, String)> = vec![
        ("code", service.code.clone()),
        ("kind", service.kind.as_str().to_owned()),
        ("family", service.family.as_str().to_owned()),
        ("name_zh", service.name.zh.clone()),
        ("name_en", service.name.en.clone()),
        ("text_zh", service.text.zh.clone()),
        ("text_en", service.text.en.clone()),
        ("minutes", service.minutes.to_string()),
        ("buffer_before", service.buffer_before_minutes.to_string()),
        ("buffer_after", service.buffer_after_minutes.to_string()),
        ("price", kernel::format::money_input(&service.price)),
        ("currency", service.price.currency.code().to_owned()),
        ("tax", percent(service.tax_permille)),
        ("blueprint", blueprint),
        ("external_id", external_id),
        ("wait_target", number(service.targets.wait_minutes)),
        ("response_target", number(service.targets.response_minutes)),
        (
            "completion_target",
            number(service.targets.completion_minutes),
        ),
    ];
    values.extend(service.sites.iter().map(|site| ("sites", site.to_string())));
    values.extend(
        service
            .channels
            .iter()
            .map(|c| ("channels", c.as_str().to_owned())),
    );
    values.extend(service.skills.iter().map(|code| ("skills", code.clone())));
    values.extend(
        service
            .resources
            .iter()
            .map(|kind| ("resources", kind.clone())),
    );
    values.extend(service.add_ons.iter().map(|id| ("add_ons", id.to_string())));
    let values = values
        .into_iter()
        .map(|(field, value)| (field.to_owned(), value));
    Fields::from_pairs(values.collect())
}

/// A service as the pairs of its form, so that it can be written again as it was.
pub fn written(service: &Service) -> Vec<(String, String)> {
    typed(service).values().to_vec()
}

/// A service as [`written`] kept it, over what is known of it now.
pub fn rewritten(pairs: Vec<(String, String)>, now: Service) -> Result<Service, Fault> {
    let mut form = Fields::from_pairs(pairs);
    let service = read(&mut form, now);
    form.done()?;
    Ok(service)
}

/// A rate in permille as percent: 60 is `6`, 65 is `6.5`.
fn percent(permille: i64) -> String {
    match permille % 10 {
        0 => (permille / 10).to_string(),
        tenth => format!("{}.{tenth}", permille / 10),
    }
}

/// Reads `6` or `6.5` percent as permille.
fn permille(typed: &str) -> Option<i64> {
    let (whole, tenth) = typed.trim().split_once('.').unwrap_or((typed.trim(), "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(tenth) || tenth.len() > 1 || whole.len() > 3 {
        return None;
    }
    format!("{whole}{tenth}")
        .parse()
        .ok()
        .filter(|permille| *permille <= 1000)
}

/// What was typed, on top of the service as it was.
pub(crate) fn read(form: &mut Fields, base: Service) -> Service {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let families: Vec<&str> = Family::ALL.iter().map(|family| family.as_str()).collect();
    let currency = form.text("currency", 3, 3);
    let currency = Currency::parse(&currency).unwrap_or_else(|| {
        form.wrong("currency", Text::key("web-not-choice"));
        base.price.currency
    });
    Service {
        code: form.optional_text("code", 24).unwrap_or_default(),
        kind: Kind::parse(&form.choice("kind", &kinds)).unwrap_or(base.kind),
        family: Family::parse(&form.choice("family", &families)).unwrap_or(base.family),
        name: bilingual(form, "name_zh", "name_en", 80),
        text: bilingual(form, "text_zh", "text_en", 1000),
        minutes: form.int("minutes", 0, 1440),
        buffer_before_minutes: form.optional_int("buffer_before", 0, 240).unwrap_or(0),
        buffer_after_minutes: form.optional_int("buffer_after", 0, 240).unwrap_or(0),
        price: read_price(form, currency),
        tax_permille: read_tax(form),
        blueprint: form.optional_id("blueprint"),
        targets: Targets {
            wait_minutes: form.optional_int("wait_target", 1, 43_200),
            response_minutes: form.optional_int("response_target", 1, 43_200),
            completion_minutes: form.optional_int("completion_target", 1, 43_200),
        },
        external_id: form.optional_text("external_id", 80),
        sites: form.ids("sites"),
        channels: read_channels(form),
        skills: form.list("skills"),
        resources: form.list("resources"),
        add_ons: form.ids("add_ons"),
        ..base
    }
}

fn bilingual(form: &mut Fields, zh: &str, en: &str, max: usize) -> Bilingual {
    let zh = form.optional_text(zh, max).unwrap_or_default();
    Bilingual::new(zh, form.optional_text(en, max).unwrap_or_default())
}

fn read_price(form: &mut Fields, currency: Currency) -> Money {
    form.money("price", currency)
}

fn read_tax(form: &mut Fields) -> i64 {
    let typed = form.typed("tax").to_owned();
    permille(&typed).unwrap_or_else(|| {
        form.wrong("tax", Text::key("offers-tax-wrong"));
        0
    })
}

fn read_channels(form: &mut Fields) -> Vec<Channel> {
    let typed = form.list("channels");
    CHANNELS
        .into_iter()
        .filter(|channel| typed.iter().any(|name| name == channel.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tax_rate_is_read_to_the_tenth_of_a_percent() {
        for (typed, expected) in [("6", Some(60)), ("6.5", Some(65)), ("100", Some(1000))] {
            assert_eq!(permille(typed), expected);
        }
        for wrong in ["", "-1", "100.1", "6.55", "six", "6.", ".5"] {
            assert_eq!(permille(wrong), None, "{wrong}");
        }
        assert_eq!(percent(65), "6.5");
        assert_eq!(percent(60), "6");
    }
}
