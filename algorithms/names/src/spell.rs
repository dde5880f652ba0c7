//! Chinese in Latin letters.

use pinyin::ToPinyinMulti;

use crate::fold::fold;

/// Most characters of a name that are spelt.
const CHARACTERS_MAX: usize = 6;
/// Most readings of one character.
const READINGS_MAX: usize = 4;
/// Most spellings of a name.
const SPELLINGS_MAX: usize = 12;

/// One way to read a name: a syllable a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling(Vec<String>);

impl Spelling {
    /// All syllables in one.
    pub fn whole(&self) -> String {
        self.0.concat()
    }

    /// Without the first syllable, which is mostly the family name.
    pub fn after_first(&self) -> String {
        self.0.iter().skip(1).map(String::as_str).collect()
    }

    /// The first letter of each syllable.
    pub fn initials(&self) -> String {
        self.0
            .iter()
            .filter_map(|syllable| syllable.chars().next())
            .collect()
    }
}

/// Every reading of a name, the usual first; none where a character has no reading.
pub fn spellings(name: &str) -> Vec<Spelling> {
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for readings in name.to_pinyin_multi().take(CHARACTERS_MAX) {
        let Some(readings) = readings else {
            return Vec::new();
        };
        let mut own: Vec<String> = Vec::new();
        for reading in readings {
            let plain = fold(reading.plain());
            // Two tones of one syllable are typed alike.
            if !own.contains(&plain) && own.len() < READINGS_MAX {
                own.push(plain);
            }
        }
        let longer = own.iter().flat_map(|syllable| {
            found.iter().map(move |begun| {
                let mut begun = begun.clone();
                begun.push(syllable.clone());
                begun
            })
        });
        found = longer.take(SPELLINGS_MAX).collect();
    }
    found.retain(|syllables| !syllables.is_empty());
    found.into_iter().map(Spelling).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(name: &str) -> Vec<String> {
        spellings(name).iter().map(Spelling::whole).collect()
    }

    #[test]
    fn a_name_is_spelt_under_each_reading() {
        assert_eq!(all("张伟"), ["zhangwei"]);
        for (name, spelt) in [
            ("单雄信", "shanxiongxin"),
            ("单雄信", "danxiongxin"),
            ("曾国藩", "zengguofan"),
            ("解缙", "xiejin"),
            ("仇英", "qiuying"),
            ("查良镛", "zhaliangyong"),
            ("乐毅", "yueyi"),
            ("覃海洋", "qinhaiyang"),
            ("朴树", "piaoshu"),
            ("吕布", "lvbu"),
            ("欧阳修", "ouyangxiu"),
            ("㛃", "jie"),
        ] {
            assert!(
                all(name).contains(&spelt.to_owned()),
                "{name}: {:?}",
                all(name)
            );
        }
        assert_eq!(all("A"), Vec::<String>::new());
    }

    #[test]
    fn a_name_of_many_readings_is_bounded() {
        assert!(all("和和和和和和和和").len() <= SPELLINGS_MAX);
    }
}
