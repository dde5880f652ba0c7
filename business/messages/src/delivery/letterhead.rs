//! A mail under the business's logo: the same words, with the logo above them.

use lettre::message::{Attachment, MultiPart, SinglePart, header::ContentType};

use crate::{model::Message, pages};

/// The logo of a business, to go with each of its mails: no reader has to fetch it.
#[derive(Debug, Clone)]
pub(crate) struct Letterhead {
    /// What the business is called, for those who do not see the picture.
    pub business: String,
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// In pixels, as kept.
    pub width: i64,
    /// In pixels, as kept.
    pub height: i64,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl Letterhead {
    /// The words as text alone, and with the logo above them, for readers that show it.
    pub fn above(&self, text: SinglePart, message: &Message) -> Result<MultiPart, String> {
        let kind = ContentType::parse(self.media_type).map_err(|error| error.to_string())?;
        let logo = Attachment::new_inline("logo".to_owned()).body(self.bytes.clone(), kind);
        let shown = SinglePart::html(pages::letter(self, message).into_string());
        let related = MultiPart::related().singlepart(shown).singlepart(logo);
        Ok(MultiPart::alternative().singlepart(text).multipart(related))
    }
}
