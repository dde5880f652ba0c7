//! What is true of a file: whose it is, what it is, in which sizes it is kept.

mod kind;

pub use kind::{Kind, kind};

use kernel::{Fault, Text, Timestamp, ids::FileId};

/// The largest file accepted, in bytes.
pub const FILE_BYTES_MAX: usize = 25 << 20;
/// The most bytes of one request: a few photos at once.
pub const REQUEST_BYTES_MAX: usize = 100 << 20;
/// The most files one thing can have.
pub const FILES_MAX: usize = 60;
/// The longest caption, in characters.
pub const CAPTION_CHARS_MAX: usize = 300;
/// The longest name, in characters.
pub const NAME_CHARS_MAX: usize = 120;
/// Hours within which a removed file can be put back.
pub const RETURN_HOURS: i64 = 24;

/// What a file can be added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// An order, or one of its steps.
    Order,
    /// A service or a good.
    Service,
    /// A customer.
    Customer,
    /// A member of staff: the portrait.
    Staff,
    /// The organisation: its logo.
    Organisation,
}

impl OwnerKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Order,
        Self::Service,
        Self::Customer,
        Self::Staff,
        Self::Organisation,
    ];

    /// The word kept in the table and in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Service => "service",
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::Organisation => "organisation",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How large a picture is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// For a list: its longer side is 320 pixels.
    Small,
    /// For a page: 1,024.
    Medium,
    /// To be looked at: 2,048; or the file as it came.
    Full,
}

impl Size {
    /// Every size, small first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Full];

    /// The word kept in the table and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Full => "full",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.as_str() == word)
    }

    /// The longer side in pixels.
    pub const fn pixels(self) -> u32 {
        match self {
            Self::Small => 320,
            Self::Medium => 1024,
            Self::Full => 2048,
        }
    }
}

/// One size of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Which.
    pub size: Size,
    /// In pixels; 0 for what is no picture.
    pub width: i64,
    /// In pixels; 0 for what is no picture.
    pub height: i64,
    /// The hash of its bytes, under which they are kept.
    pub hash: String,
    /// How many bytes.
    pub bytes: i64,
}

/// A photo or a file that was added to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// What it was added to.
    pub owner_kind: OwnerKind,
    /// The id of that.
    pub owner: String,
    /// The step of the order it belongs to.
    pub part: Option<String>,
    /// `image/jpeg`, `image/png`, `application/pdf` or `text/plain`.
    pub media_type: &'static str,
    /// What it is called, with an ending that says what it is.
    pub name: String,
    /// What somebody wrote beneath it; empty for nothing.
    pub caption: String,
    /// Counts changes of the caption.
    pub version: i64,
    /// When it was added.
    pub added: Timestamp,
    /// By whom; empty for the program itself.
    pub added_by: String,
    /// When it was removed, while it can be put back.
    pub removed: Option<Timestamp>,
    /// Its sizes, small first.
    pub copies: Vec<Copy>,
}

impl File {
    /// Whether it is shown as a picture.
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// The copy for a size: that one, or else the next larger.
    pub fn copy(&self, size: Size) -> Option<&Copy> {
        self.copies.iter().find(|copy| copy.size >= size)
    }

    /// What to call it aloud: its caption, or else its name.
    pub fn words(&self) -> &str {
        if self.caption.is_empty() {
            &self.name
        } else {
            &self.caption
        }
    }
}

/// The media types the table knows.
pub(crate) const MEDIA_TYPES: [&str; 4] =
    ["image/jpeg", "image/png", "application/pdf", "text/plain"];

/// The media type of a word kept in the table.
pub(crate) fn media_type(word: &str) -> Option<&'static str> {
    MEDIA_TYPES.into_iter().find(|known| *known == word)
}

/// A name that can be shown and saved anywhere: no folders, no control characters, and the ending
/// that says what the file is.
pub fn clean_name(given: &str, media_type: &str) -> String {
    let ending = match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "application/pdf" => "pdf",
        _ => "txt",
    };
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let hidden = |letter: &char| {
        !letter.is_control() && !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let stem: String = stem
        .chars()
        .filter(hidden)
        .take(NAME_CHARS_MAX - 5)
        .collect();
    let stem = match stem.trim() {
        "" => "file",
        stem => stem,
    };
    format!("{stem}.{ending}")
}

/// Refuses a caption that is too long.
pub(crate) fn check_caption(caption: &str) -> Result<(), Fault> {
    if caption.chars().count() <= CAPTION_CHARS_MAX {
        return Ok(());
    }
    let text = Text::key("files-caption-long").with("max", CAPTION_CHARS_MAX);
    Err(Fault::invalid("caption", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_and_the_ending_of_what_the_file_is() {
        assert_eq!(clean_name("IMG_0042.PNG", "image/jpeg"), "IMG_0042.jpg");
        assert_eq!(clean_name("../../etc/passwd", "text/plain"), "passwd.txt");
        assert_eq!(clean_name("C:\\photos\\屏幕.webp", "image/png"), "屏幕.png");
        assert_eq!(clean_name("", "application/pdf"), "file.pdf");
        assert_eq!(clean_name("a\u{202E}gpj.exe", "image/jpeg"), "agpj.jpg");
        assert!(clean_name(&"长".repeat(400), "image/jpeg").chars().count() <= NAME_CHARS_MAX);
    }
}
