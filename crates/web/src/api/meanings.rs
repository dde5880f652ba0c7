//! What the document means, in Chinese: its English stands on the types themselves, and each room
//! says the same in Chinese beside its other texts.

use std::collections::HashMap;

use serde_json::Value;

/// What the types of this crate and of the kernel mean.
pub(super) const OWN: &str = include_str!("../texts/api-zh-CN.txt");

/// Sentences in English, each with the same in Chinese.
pub(super) struct Meanings(HashMap<&'static str, &'static str>);

impl Meanings {
    /// Reads texts of pairs: a line in English, the line that says the same, an empty line.
    pub(super) fn read(texts: &[&'static str]) -> Self {
        let mut all = HashMap::new();
        for text in texts {
            let mut lines = text.lines().filter(|line| !line.is_empty());
            while let (Some(english), Some(chinese)) = (lines.next(), lines.next()) {
                all.insert(english, chinese);
            }
        }
        Self(all)
    }

    /// Says in Chinese whatever a part of the document describes.
    pub(super) fn say(&self, part: &mut Value) {
        match part {
            Value::Object(members) => {
                if let Some(Value::String(words)) = members.get_mut("description") {
                    let english = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(chinese) = self.0.get(english.as_str()) {
                        *words = (*chinese).to_owned();
                    }
                }
                for (_, member) in members.iter_mut() {
                    self.say(member);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.say(item)),
            _ => {}
        }
    }
}
