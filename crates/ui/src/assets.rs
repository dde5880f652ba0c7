//! The built front end: files with hashed names, and where pages find them.
use maud::{Markup, html};
use rust_embed::Embed;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

#[derive(Embed)]
#[folder = "../../front/dist"]
struct Dist;

/// A file of the front end.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The file as built.
    pub bytes: Cow<'static, [u8]>,
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// The same, compressed with Brotli (`Content-Encoding: br`).
    pub br: Option<Cow<'static, [u8]>>,
    /// The same, compressed with gzip (`Content-Encoding: gzip`).
    pub gz: Option<Cow<'static, [u8]>>,
    /// Whether the name changes with the content, so that it may be kept for ever.
    pub immutable: bool,
}

/// The file below `/assets/` with this path (no leading slash).
pub fn get(path: &str) -> Option<Asset> {
    if path.starts_with('.') || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let file = |name: &str| Dist::get(name).map(|found| found.data);
    Some(Asset {
        bytes: file(path)?,
        content_type: content_type(path),
        br: file(&format!("{path}.br")),
        gz: file(&format!("{path}.gz")),
        immutable: path.starts_with("hashed/"),
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Where a file that is not hashed is served.
pub fn url(path: &str) -> String {
    format!("/assets/{path}")
}

/// What one entry of the build needs.
#[derive(Clone, Debug, Default)]
struct Entry {
    script: String,
    styles: Vec<String>,
}

struct Manifest {
    app: Entry,
    guest: Entry,
    sprite: String,
}

static KEPT: LazyLock<Arc<Manifest>> = LazyLock::new(load);

/// Read once; while developing, read each time, so that a new build shows at once.
fn manifest() -> Arc<Manifest> {
    if cfg!(debug_assertions) {
        load()
    } else {
        KEPT.clone()
    }
}

fn load() -> Arc<Manifest> {
    let file = Dist::get("entries.txt")
        .map(|found| found.data.to_vec())
        .unwrap_or_default();
    Arc::new(read(&String::from_utf8_lossy(&file)))
}

/// Reads the lines `app script PATH`, `app style PATH`, `icons sprite PATH`.
fn read(text: &str) -> Manifest {
    let mut manifest = Manifest {
        app: Entry::default(),
        guest: Entry::default(),
        sprite: String::new(),
    };
    for line in text.lines() {
        let mut words = line.splitn(3, ' ');
        let (Some(entry), Some(kind), Some(path)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let target = if entry == "app" {
            &mut manifest.app
        } else {
            &mut manifest.guest
        };
        match kind {
            "script" => target.script = url(path),
            "style" => target.styles.push(url(path)),
            _ => manifest.sprite = url(path),
        }
    }
    manifest
}

/// The style sheets and the script of an entry, `app` or `guest`.
pub fn entry(name: &str) -> Markup {
    let manifest = manifest();
    let entry = if name == "app" {
        &manifest.app
    } else {
        &manifest.guest
    };
    html! {
        @for style in &entry.styles { link rel="stylesheet" href=(style); }
        script type="module" src=(entry.script) {}
    }
}

/// The address of the icon sprite.
pub(crate) fn sprite() -> String {
    manifest().sprite.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_entries_names_scripts_styles_and_the_sprite() {
        let manifest =
            read("app script hashed/app-1.js\napp style hashed/a-2.css\nicons sprite x.svg\n");
        assert_eq!(manifest.app.script, "/assets/hashed/app-1.js");
        assert_eq!(manifest.app.styles, ["/assets/hashed/a-2.css"]);
        assert_eq!(manifest.sprite, "/assets/x.svg");
    }

    #[test]
    fn every_page_finds_a_script_a_style_sheet_and_the_icons() {
        for name in ["app", "guest"] {
            let head = entry(name).into_string();
            assert!(
                head.contains("stylesheet") && head.contains(".js"),
                "{name}: {head}"
            );
        }
        let sprite = sprite();
        let sprite = sprite
            .strip_prefix("/assets/")
            .expect("it is below /assets/");
        assert!(get(sprite).expect("the sprite is built").br.is_some());
    }

    #[test]
    fn only_built_files_are_served() {
        assert!(get("../Cargo.toml").is_none());
        assert!(get(".vite/manifest.json").is_none());
        assert!(get("nothing.js").is_none());
    }
}
