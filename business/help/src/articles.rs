//! The articles: read once from the files beside the code, found by page and by words.

use std::sync::LazyLock;

use kernel::Locale;

/// A paragraph or a list of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Vec<Run>),
    Points(Vec<Vec<Run>>),
}

/// A run of words, of a key, or of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Run {
    Words(String),
    Key(String),
    Link { words: String, path: String },
}

/// An article, or a release.
#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub slug: String,
    pub title: String,
    /// The pages it is about.
    pub paths: Vec<String>,
    pub blocks: Vec<Block>,
}

impl Article {
    /// Its first paragraph.
    pub fn short(&self) -> String {
        match self.blocks.first() {
            Some(Block::Paragraph(runs)) => runs.iter().map(Run::words).collect(),
            _ => String::new(),
        }
    }

    /// Everything it says, in small letters.
    fn text(&self) -> String {
        let runs = self.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(runs) => runs.iter().collect::<Vec<_>>(),
            Block::Points(points) => points.iter().flatten().collect(),
        });
        let words: String = runs.map(Run::words).collect();
        format!("{} {words}", self.title).to_lowercase()
    }

    /// Where its links lead.
    #[cfg(test)]
    fn links(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for block in &self.blocks {
            let points: Vec<&Vec<Run>> = match block {
                Block::Paragraph(runs) => vec![runs],
                Block::Points(points) => points.iter().collect(),
            };
            for run in points.into_iter().flatten() {
                if let Run::Link { path, .. } = run {
                    found.push(path.as_str());
                }
            }
        }
        found
    }
}

impl Run {
    fn words(&self) -> &str {
        match self {
            Self::Words(words) | Self::Key(words) | Self::Link { words, .. } => words,
        }
    }
}

/// Articles and releases of one language.
pub(crate) struct Library {
    pub articles: Vec<Article>,
    pub releases: Vec<Article>,
}

static ENGLISH: LazyLock<Library> = LazyLock::new(|| Library {
    articles: parsed(include_str!("../articles/help.en.txt")),
    releases: parsed(include_str!("../articles/releases.en.txt")),
});
static CHINESE: LazyLock<Library> = LazyLock::new(|| Library {
    articles: parsed(include_str!("../articles/help.zh-CN.txt")),
    releases: parsed(include_str!("../articles/releases.zh-CN.txt")),
});

/// What is written in a language.
pub(crate) fn library(locale: Locale) -> &'static Library {
    match locale {
        Locale::En => &ENGLISH,
        Locale::ZhCn => &CHINESE,
    }
}

impl Library {
    /// The article with a name in addresses.
    pub fn article(&self, slug: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.slug == slug)
    }

    /// The article about a page: about the page itself, or else about the nearest one above it.
    pub fn about(&self, path: &str) -> Option<&Article> {
        let fits = |known: &str| path == known || path.starts_with(&format!("{known}/"));
        let all = self.articles.iter().flat_map(|article| {
            let paths = article.paths.iter();
            paths.map(move |known| (known.len(), known, article))
        });
        let about = all.filter(|(_, known, _)| fits(known));
        about
            .max_by_key(|(length, _, _)| *length)
            .map(|(_, _, article)| article)
    }

    /// Articles that have every word asked for, those that name it in their title first.
    pub fn find(&self, text: &str) -> Vec<&Article> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let has = |article: &&Article| {
            let all = article.text();
            words.iter().all(|word| all.contains(word))
        };
        let mut found: Vec<&Article> = self.articles.iter().filter(has).collect();
        found.sort_by_key(|article| {
            let title = article.title.to_lowercase();
            !words.iter().any(|word| title.contains(word))
        });
        found
    }
}

fn parsed(source: &str) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    let mut open = false;
    for line in source.lines().map(str::trim_end) {
        if let Some(head) = line.strip_prefix("# ") {
            let mut parts = head.split(" | ").map(str::to_owned);
            articles.push(Article {
                slug: parts.next().unwrap_or_default(),
                title: parts.next().unwrap_or_default(),
                paths: parts.collect(),
                blocks: Vec::new(),
            });
            open = false;
            continue;
        }
        let Some(article) = articles.last_mut() else {
            continue;
        };
        if line.is_empty() {
            open = false;
        } else if let Some(point) = line.strip_prefix("- ") {
            match article.blocks.last_mut().filter(|_| open) {
                Some(Block::Points(points)) => points.push(runs(point)),
                _ => article.blocks.push(Block::Points(vec![runs(point)])),
            }
            open = true;
        } else {
            article.blocks.push(Block::Paragraph(runs(line)));
            open = false;
        }
    }
    articles
}

/// Splits words from `keys` and [links](/path).
fn runs(line: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '`']) {
        let (before, marked) = rest.split_at(at);
        let taken = match marked.strip_prefix('`') {
            Some(key) => key
                .split_once('`')
                .map(|(key, after)| (Run::Key(key.to_owned()), after)),
            None => link(marked),
        };
        let Some((run, after)) = taken else {
            break;
        };
        if !before.is_empty() {
            found.push(Run::Words(before.to_owned()));
        }
        found.push(run);
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Run::Words(rest.to_owned()));
    }
    found
}

fn link(marked: &str) -> Option<(Run, &str)> {
    let (words, rest) = marked.strip_prefix('[')?.split_once("](")?;
    let (path, after) = rest.split_once(')')?;
    let run = Run::Link {
        words: words.to_owned(),
        path: path.to_owned(),
    };
    Some((run, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_articles_and_links_that_lead_somewhere() {
        let names = |list: &[Article]| list.iter().map(|a| a.slug.clone()).collect::<Vec<_>>();
        let (en, zh) = (library(Locale::En), library(Locale::ZhCn));
        assert_eq!(names(&en.articles), names(&zh.articles));
        assert_eq!(names(&en.releases), names(&zh.releases));
        for library in [en, zh] {
            for article in library.articles.iter().chain(&library.releases) {
                assert!(
                    !article.title.is_empty() && !article.blocks.is_empty(),
                    "{article:?}"
                );
                for link in article.links() {
                    let slug = link.strip_prefix("/help/");
                    let leads = slug.is_none_or(|slug| library.article(slug).is_some());
                    assert!(link.starts_with('/') && leads, "{}: {link}", article.slug);
                }
            }
        }
        for (one, other) in en.articles.iter().zip(&zh.articles) {
            assert_eq!((&one.paths, one.links()), (&other.paths, other.links()));
        }
    }

    #[test]
    fn an_article_is_found_by_its_page_and_by_words_in_both_languages() {
        let en = library(Locale::En);
        let about = |path: &str| en.about(path).map(|article| article.slug.as_str());
        assert_eq!(about("/orders/0192"), Some("orders"));
        assert_eq!(about("/queue/waits"), Some("queue"));
        assert_eq!(about("/gallery"), None);
        let first = |locale, text: &str| library(locale).find(text).first().map(|a| a.slug.clone());
        assert_eq!(first(Locale::En, "heic photo").as_deref(), Some("files"));
        assert_eq!(first(Locale::En, "Calendar").as_deref(), Some("calendar"));
        assert_eq!(first(Locale::ZhCn, "候补").as_deref(), Some("waiting"));
        assert_eq!(first(Locale::En, "zeppelin"), None);
    }
}
