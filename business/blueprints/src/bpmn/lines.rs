//! What BPMN has no place for, as labelled lines of documentation, and back.

use kernel::Locale;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Phase,
    Evidence,
    Touchpoint,
    Minutes,
    Wait,
    Skill,
    Icon,
    Point,
    FailPoint,
    Remedy,
}

impl Line {
    const ALL: [Self; 10] = [
        Self::Phase,
        Self::Evidence,
        Self::Touchpoint,
        Self::Minutes,
        Self::Wait,
        Self::Skill,
        Self::Icon,
        Self::Point,
        Self::FailPoint,
        Self::Remedy,
    ];

    fn label(self, locale: Locale) -> String {
        locale.t(match self {
            Self::Phase => "blueprints-phase",
            Self::Evidence => "blueprints-evidence",
            Self::Touchpoint => "blueprints-touchpoint",
            Self::Minutes => "blueprints-standard-minutes",
            Self::Wait => "blueprints-wait",
            Self::Skill => "blueprints-skill",
            Self::Icon => "blueprints-icon",
            Self::Point => "blueprints-checklist",
            Self::FailPoint => "blueprints-fail-point",
            Self::Remedy => "blueprints-remedy",
        })
    }

    /// Adds the line, unless there is nothing to say.
    pub(super) fn write(self, locale: Locale, text: &str, out: &mut Vec<String>) {
        if !text.is_empty() {
            let label = self.label(locale);
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(format!("{label}: {line}"));
        }
    }

    /// What a line says, in whichever language it was written.
    pub(super) fn parse(line: &str) -> Option<(Self, &str)> {
        let said = |kind: Self, locale| {
            let rest = line.trim().strip_prefix(&kind.label(locale))?;
            let rest = rest.strip_prefix([':', '：'])?.trim();
            Some((kind, rest)).filter(|_| !rest.is_empty())
        };
        let kinds = Self::ALL.into_iter();
        kinds
            .flat_map(|kind| [(kind, Locale::ZhCn), (kind, Locale::En)])
            .find_map(|(kind, locale)| said(kind, locale))
    }
}
