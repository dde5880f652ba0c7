//! A shelf on the page of the thing it belongs to, and by itself.

use kernel::{Fault, Locale, TimeZone, format};
use maud::{Markup, html};
use web::Me;

use crate::{
    commands::Target,
    model::{CAPTION_CHARS_MAX, FILE_BYTES_MAX, File, Size},
    shelf::{Holds, Reached},
};

/// What browsers are asked to offer.
const ACCEPTED: &str = "image/jpeg,image/png,image/webp,application/pdf,text/plain";

/// What browsers are asked to offer where only a picture is wanted.
const ACCEPTED_PICTURES: &str = "image/jpeg,image/png,image/webp";

/// Everything a shelf shows.
pub(crate) struct ShelfView<'a> {
    holds: Holds,
    locale: Locale,
    zone: TimeZone,
    path: String,
    files: &'a [File],
    parts: Vec<(String, String)>,
    may_edit: bool,
}

impl<'a> ShelfView<'a> {
    /// The shelf of one thing, for whoever looks.
    pub fn new(me: &Me, target: &Target, reached: &Reached, files: &'a [File]) -> Self {
        let edit = target.shelf.edit;
        let may_edit = match reached.site {
            Some(site) => me.ctx.require_at(edit, site).is_ok(),
            None => me.ctx.may(edit),
        };
        Self {
            holds: target.shelf.holds,
            locale: me.look.locale,
            zone: reached.zone.clone(),
            path: target.shelf.path(&target.owner),
            files,
            parts: reached.parts.clone(),
            may_edit,
        }
    }

    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

/// The shelf as a card of the thing's page; it keeps itself up to date.
pub(crate) fn card(view: &ShelfView) -> Markup {
    let (there, removed): (Vec<&File>, Vec<&File>) =
        view.files.iter().partition(|file| file.removed.is_none());
    let count =
        html! { @if !view.holds.is_one() && !there.is_empty() { (ui::count(there.len())) } };
    html! {
        div id="files" data-live="file" data-live-src=(view.path) {
            (ui::card(&view.t(view.holds.title()), count, html! {
                @if let Holds::OnePicture { effect, .. } = view.holds {
                    p class="muted sm" { (view.t(effect)) }
                } @else if there.is_empty() {
                    p class="muted sm" { (view.t("files-none")) }
                }
                @if !there.is_empty() {
                    ul class={ "shelf" @if view.holds.is_one() { " shelf--one" } } {
                        @for file in &there { (item(view, file)) }
                    }
                }
                @if view.may_edit {
                    @for file in &removed { (removed_line(view, file)) }
                    (form(view, None))
                }
            }))
        }
    }
}

/// The shelf by itself, with what was wrong about an upload.
pub(crate) fn page(view: &ShelfView, reached: &Reached, fault: Option<&Fault>) -> Markup {
    html! {
        @if let Some(fault) = fault {
            div role="alert" {
                (ui::note(ui::Tone::Danger, html! { p { (fault.speak(view.locale)) } }))
            }
        }
        (card(view))
        p { (ui::link_button(reached.title.clone(), reached.home.clone()).ghost()
            .icon("arrow-left")) }
    }
}

fn item(view: &ShelfView, file: &File) -> Markup {
    let full = format!("{}/{}/full", view.path, file.id);
    let part = file
        .part
        .as_ref()
        .and_then(|part| view.parts.iter().find(|(id, _)| id == part));
    let added = file.added.to_zoned(view.zone.clone());
    let when = format!(
        "{} {}",
        format::date(view.locale, added.date()),
        format::time(added.time())
    );
    html! {
        li id={ "file-" (file.id) } {
            @if let Some(copy) = file.copy(Size::Small).filter(|_| file.is_picture()) {
                a class="shelf__p" href=(full) target="_blank" {
                    img src={ (view.path) "/" (file.id) "/small" } alt=(file.words())
                        width=(copy.width) height=(copy.height) loading="lazy";
                }
            } @else {
                a class="shelf__p shelf__p--doc" href=(full) {
                    (ui::icon("file-text")) span { (file.name) }
                }
            }
            div class="shelf__t" {
                @if !file.caption.is_empty() { b { (file.caption) } }
                small {
                    @if let Some((_, name)) = part { (name) " · " }
                    (when) @if !file.added_by.is_empty() { " · " (file.added_by) }
                }
            }
            @if view.may_edit { (change(view, file)) }
        }
    }
}

fn change(view: &ShelfView, file: &File) -> Markup {
    let under = |noun: &str| format!("{}/{}/{noun}", view.path, file.id);
    let field = ui::text_field("caption", view.t("files-caption"))
        .value(file.caption.clone())
        .max_length(CAPTION_CHARS_MAX)
        .id(format!("caption-{}", file.id));
    if view.holds.is_one() {
        return html! {
            (ui::post_button(view.t("files-remove"), under("removal")).ghost().small()
                .icon("trash-2"))
        };
    }
    ui::disclosure(
        &view.t("files-change"),
        false,
        html! {
            form class="form stack" method="post" action=(under("caption")) data-once {
                (ui::hidden("version", file.version))
                (field)
                (ui::button(view.t("files-caption-save")).small())
            }
            (ui::post_button(view.t("files-remove"), under("removal")).ghost().small()
                .icon("trash-2"))
        },
    )
}

fn removed_line(view: &ShelfView, file: &File) -> Markup {
    let words = view
        .locale
        .tx("files-removed-line", &[("name", file.words().into())]);
    html! {
        p class="shelf__gone row between" {
            span class="muted sm" { (words) }
            (ui::post_button(view.t("files-return"), format!("{}/{}/return", view.path, file.id))
                .small().icon("undo-2"))
        }
    }
}

fn form(view: &ShelfView, part: Option<&str>) -> Markup {
    let megabytes = FILE_BYTES_MAX >> 20;
    let limit = [("max", megabytes.into())];
    let large = [("max", megabytes.into()), ("name", "{}".into())];
    let mut parts = vec![(String::new(), view.t("files-part-whole"))];
    parts.extend(view.parts.iter().cloned());
    let one = view.holds.is_one();
    let wanted = match (one, view.files.iter().any(|file| file.removed.is_none())) {
        (false, _) => "files-choose",
        (true, false) => "files-choose-picture",
        (true, true) => "files-replace-picture",
    };
    let hint = if one {
        "files-hint-picture"
    } else {
        "files-hint"
    };
    html! {
        form class="drop" method="post" action=(view.path) enctype="multipart/form-data" data-once
            data-island="upload" data-bytes-max=(FILE_BYTES_MAX)
            data-word-large=(view.locale.tx("files-large", &large))
            data-word-sending=(view.t("files-sending"))
            data-word-lost=(view.t("files-lost")) {
            @if !view.parts.is_empty() {
                (ui::select_field("part", view.t("files-part"), parts)
                    .value(part.unwrap_or_default()).id("files-part"))
            }
            label class="drop__area" {
                (ui::icon("camera"))
                b { (view.t(wanted)) }
                small { (view.locale.tx(hint, &limit)) }
                input type="file" name="files" multiple[!one]
                    accept=(if one { ACCEPTED_PICTURES } else { ACCEPTED });
            }
            p class="err" role="alert" hidden {}
            div class="drop__f" { (ui::button(view.t("files-add")).icon("upload")) }
        }
    }
}
