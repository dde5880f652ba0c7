//! Answers: pages, fragments, redirects.

use axum::{
    Json,
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Locale, Role, format};
use maud::{Markup, PreEscaped, html};

use crate::{Guest, Me, Reply, clear_cookie, room::Group, set_cookie};

const TOAST_SECONDS: i64 = 30;

/// What stands around a back-office page.
pub struct Page {
    title: String,
    subtitle: String,
    actions: Markup,
    live: bool,
    exports: bool,
}

impl Page {
    /// A page with a heading.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: String::new(),
            actions: PreEscaped(String::new()),
            live: true,
            exports: false,
        }
    }

    /// A quiet line beside the heading.
    #[must_use]
    pub fn subtitle(mut self, text: impl Into<String>) -> Self {
        self.subtitle = text.into();
        self
    }

    /// Buttons at the end of the top bar.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = actions;
        self
    }

    /// A list that can be taken along as a file: its handler answers [`crate::wanted`].
    #[must_use]
    pub const fn exports(mut self) -> Self {
        self.exports = true;
        self
    }

    /// A page that does not listen to live updates.
    #[must_use]
    pub const fn still(mut self) -> Self {
        self.live = false;
        self
    }
}

pub(crate) fn html_response(markup: Markup) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = Response::new(Body::from(markup.into_string()));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// A whole back-office page.
pub fn page(me: &Me, page: Page, body: Markup) -> Reply {
    let mut frame = ui::Frame::new(me.look.locale, me.look.theme, page.title);
    frame.subtitle = page.subtitle;
    frame.path.clone_from(&me.look.path);
    frame.menu = menu(me);
    frame.person = person(me);
    frame.site = site_switch(me);
    frame.actions = match page.exports {
        true => html! { (crate::export::menu(me)) (page.actions) },
        false => page.actions,
    };
    frame.shared = me.shared.as_ref().map(|shared| ui::SharedDesk {
        computer: shared.computer.clone(),
        seconds: shared.locks_at.as_second() - me.ctx.now.as_second(),
    });
    frame.help = crate::guide::note(me.look.locale, &me.look.path);
    frame.news = crate::guide::is_news(me.look.news_seen.as_deref());
    frame.live = page.live;
    frame.keys = me.keys;
    frame.now = Some(me.ctx.now);
    frame.toast = match &me.toast {
        Some(words) => ui::toast(words),
        None => html! {},
    };
    let mut response = html_response(ui::page(&frame, &body));
    if me.toast.is_some() {
        response
            .headers_mut()
            .append(header::SET_COOKIE, clear_cookie("toast"));
    }
    Ok(response)
}

fn menu(me: &Me) -> Vec<ui::MenuGroup> {
    let path = me.look.path.split('?').next().unwrap_or_default();
    let lies_at = |place: &str| path == place || path.starts_with(&format!("{place}/"));
    let below = me.below.iter().find(|(begins, _)| lies_at(begins));
    let group = |group: Group| {
        let entries = me
            .menu
            .iter()
            .filter(|m| m.group == group && me.ctx.may(m.permission));
        let items = entries.map(|entry| ui::MenuItem {
            label: me.look.locale.t(entry.label_key),
            path: entry.path.to_owned(),
            icon: entry.icon.to_owned(),
            key: entry.key,
            active: lies_at(entry.path) || below.is_some_and(|(_, above)| *above == entry.path),
            count: None,
        });
        ui::MenuGroup {
            label: group.label(me.look.locale),
            items: items.collect(),
        }
    };
    let groups = [Group::Run, Group::Design, Group::Manage].map(group);
    groups
        .into_iter()
        .filter(|group| !group.items.is_empty())
        .collect()
}

fn person(me: &Me) -> ui::Person {
    let locale = me.look.locale;
    let name = match &me.ctx.actor {
        kernel::Actor::User { name, .. } => format::name(locale, name, &me.reading).to_owned(),
        kernel::Actor::Guest | kernel::Actor::System => String::new(),
    };
    let own = me.own_role.as_ref().map(|name| name.get(locale).to_owned());
    let role = own.unwrap_or_else(|| role_name(locale, me.ctx.role));
    ui::Person {
        name,
        role,
        colour: 0,
        id: match &me.ctx.actor {
            kernel::Actor::User { id, .. } => id.to_string(),
            kernel::Actor::Guest | kernel::Actor::System => String::new(),
        },
    }
}

fn role_name(locale: Locale, role: Role) -> String {
    match role {
        Role::Owner => locale.t("web-role-owner"),
        Role::Manager => locale.t("web-role-manager"),
        Role::Desk => locale.t("web-role-desk"),
        Role::Staff => locale.t("web-role-staff"),
        Role::Support => locale.t("web-role-support"),
        Role::ReadOnly | Role::Guest => locale.t("web-role-read-only"),
    }
}

fn site_switch(me: &Me) -> Option<ui::SiteSwitch> {
    let locale = me.look.locale;
    let current = me.site.as_ref()?;
    let organisation = me.organisation.name.get(locale);
    let kind = current.kind.get(locale);
    let above = match kind {
        "" => organisation.to_owned(),
        kind => format!("{organisation} · {kind}"),
    };
    let choice = |site: &crate::SiteChoice| ui::SiteChoice {
        id: site.id.to_string(),
        name: site.name.get(locale).to_owned(),
        active: site.id == current.id,
    };
    Some(ui::SiteSwitch {
        organisation: above,
        current: current.name.get(locale).to_owned(),
        sites: me.sites.iter().map(choice).collect(),
    })
}

/// A whole public page.
pub fn guest_page(guest: &Guest, title: &str, body: Markup) -> Reply {
    Ok(html_response(ui::guest_page(&guest.frame(title), &body)))
}

impl Guest {
    /// The frame of this guest's pages; change what differs and give it to `ui::guest_page`.
    pub fn frame(&self, title: &str) -> ui::GuestFrame {
        let locale = self.look.locale;
        let name = self.organisation.name.get(locale);
        let mut frame = ui::GuestFrame::new(locale, title, name);
        frame.theme = self.look.theme;
        frame.now = Some(self.ctx.now);
        frame.brand.clone_from(&self.organisation.brand);
        frame.logo.clone_from(&self.organisation.logo);
        frame.home = format!("/at/{}", self.organisation.slug);
        frame.language_url = in_language(&self.look.path, locale.other().tag());
        frame
    }
}

fn in_language(path: &str, tag: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let pairs: Vec<String> = kept
        .map(str::to_owned)
        .chain([format!("lang={tag}")])
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// A part of a page, for swapping in.
pub fn fragment(markup: Markup) -> Reply {
    Ok(html_response(markup))
}

/// The same form again, with what was typed and what is wrong (422).
pub fn unprocessable(me: &Me, shown: Page, body: Markup) -> Reply {
    let mut response = page(me, shown, body)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The same public form again, with what was typed and what is wrong (422).
pub fn unprocessable_guest(guest: &Guest, title: &str, body: Markup) -> Reply {
    let mut response = guest_page(guest, title, body)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// On to another page of ours (303), as after every command.
pub fn see_other(path: &str) -> Reply {
    Ok(redirect(path))
}

fn redirect(path: &str) -> Response {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    let target = if ours { path } else { "/" };
    let value = HeaderValue::from_str(target).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

/// On to another page, where a toast says what was done.
pub fn done(path: &str, words: &str) -> Reply {
    let mut response = redirect(path);
    let cookie = set_cookie("toast", words, TOAST_SECONDS, false);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

pub(crate) fn to_sign_in(path: &str) -> Response {
    let next: String = path
        .bytes()
        .map(|byte| match byte {
            b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let target = if path == "/" {
        "/login".to_owned()
    } else {
        format!("/login?next={next}")
    };
    redirect(&target)
}

/// Something a program reads.
pub fn json(value: &impl serde::Serialize) -> Reply {
    Ok(Json(value).into_response())
}

/// Nothing to say (204).
pub fn no_content() -> Reply {
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A file of a given kind, with an entity tag for its content when it may be kept.
pub fn bytes(kind: &'static str, content: Vec<u8>, etag: Option<&str>) -> Reply {
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(tag) = etag.and_then(|tag| HeaderValue::from_str(&format!("\"{tag}\"")).ok()) {
        headers.insert(header::ETAG, tag);
        let hour = HeaderValue::from_static("private, max-age=3600");
        headers.insert(header::CACHE_CONTROL, hour);
    }
    Ok(response)
}
