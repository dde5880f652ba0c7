//! Writes the gallery in both languages and lights into a folder: `cargo run -p ui --example
//! gallery -- FOLDER`. Serve the folder with `front/dist` as `assets` to look at it.
use kernel::Locale;
use std::path::PathBuf;
use ui::Theme;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    let (en, zh) = ui::TEXTS;
    kernel::text::install(&[(Locale::En, en), (Locale::ZhCn, zh)]);
    for locale in Locale::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            let name = format!("gallery.{}.{}.html", locale.tag(), theme.as_str());
            std::fs::write(folder.join(name), ui::gallery(locale, theme).into_string())?;
        }
    }
    Ok(())
}
