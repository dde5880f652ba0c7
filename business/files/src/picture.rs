//! Making a file ready to be kept: a picture is turned upright, freed of everything the camera
//! wrote into it and brought to a few sizes; anything else stays as it came.

use std::{borrow::Cow, io::Cursor};

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops::FilterType,
};
use kernel::{Fault, Text};

use crate::model::{FILE_BYTES_MAX, Kind, Size, clean_name, kind};

/// The most pixels of a picture: more than any phone takes at once, and what a small file that
/// unpacks into a huge picture cannot get past.
const PIXELS_MAX: u64 = 64_000_000;
/// The most bytes a decoder may ask for.
const DECODER_BYTES_MAX: u64 = 512 << 20;
/// How closely a JPEG follows the picture, in per cent.
const QUALITY: u8 = 84;

/// One size of a file that is ready to be kept.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// Which.
    pub size: Size,
    /// In pixels; 0 for what is no picture.
    pub width: i64,
    /// In pixels; 0 for what is no picture.
    pub height: i64,
    /// The hash of the bytes.
    pub hash: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Rendition {
    fn new(size: Size, (width, height): (u32, u32), bytes: Vec<u8>) -> Self {
        Self {
            size,
            width: i64::from(width),
            height: i64::from(height),
            hash: hash(&bytes),
            bytes,
        }
    }
}

/// A file that is ready to be kept.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What it is.
    pub media_type: &'static str,
    /// What it is called.
    pub name: String,
    /// Its sizes.
    pub renditions: Vec<Rendition>,
}

/// The name bytes are kept under.
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Makes a file ready, or says why it is not accepted, naming it.
pub fn prepare(name: &str, bytes: Vec<u8>) -> Result<Prepared, Fault> {
    let shown = clean_shown(name);
    let refused = |text: Text| Fault::invalid("files", text.with("name", shown.clone()));
    if bytes.len() > FILE_BYTES_MAX {
        return Err(refused(too_large()));
    }
    let format = match kind(&bytes).map_err(refused)? {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Pdf => return Ok(as_it_came(name, "application/pdf", bytes)),
        Kind::Plain => return Ok(as_it_came(name, "text/plain", bytes)),
    };
    picture(name, &bytes, format).map_err(refused)
}

/// That a file is larger than is accepted.
pub(crate) fn too_large() -> Text {
    Text::key("files-large").with("max", FILE_BYTES_MAX >> 20)
}

/// A file's name as its sender knows it, short enough for a sentence.
pub(crate) fn clean_shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.chars().filter(|letter| !letter.is_control());
    seen.take(60).collect()
}

fn as_it_came(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Prepared {
    Prepared {
        media_type,
        name: clean_name(name, media_type),
        renditions: vec![Rendition::new(Size::Full, (0, 0), bytes)],
    }
}

fn picture(name: &str, bytes: &[u8], format: ImageFormat) -> Result<Prepared, Text> {
    let unreadable = |_| Text::key("files-unreadable");
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        let megapixels = PIXELS_MAX / 1_000_000;
        return Err(Text::key("files-pixels").with("max", i64::try_from(megapixels).unwrap_or(0)));
    }
    let colours = decoder.icc_profile().ok().flatten();
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(orientation);
    let seen_through = image.color().has_alpha();
    let image = if seen_through {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    let media_type = if seen_through {
        "image/png"
    } else {
        "image/jpeg"
    };
    let renditions = sizes(&image, colours.as_deref()).map_err(unreadable)?;
    Ok(Prepared {
        media_type,
        name: clean_name(name, media_type),
        renditions,
    })
}

/// The sizes of a picture, each made of the next larger one; a small picture has fewer.
fn sizes(image: &DynamicImage, colours: Option<&[u8]>) -> image::ImageResult<Vec<Rendition>> {
    let mut made = Vec::new();
    let mut last = Cow::Borrowed(image);
    for size in [Size::Full, Size::Medium, Size::Small] {
        let side = size.pixels();
        if last.width().max(last.height()) > side {
            last = Cow::Owned(last.resize(side, side, FilterType::CatmullRom));
        } else if size != Size::Full {
            continue;
        }
        let measures = (last.width(), last.height());
        made.push(Rendition::new(size, measures, encoded(&last, colours)?));
    }
    made.reverse();
    Ok(made)
}

/// Without anything but the picture and what its numbers mean as colours.
fn encoded(image: &DynamicImage, colours: Option<&[u8]>) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = (image.width(), image.height());
    match image {
        DynamicImage::ImageRgba8(pixels) => {
            let mut encoder = PngEncoder::new(&mut bytes);
            if let Some(colours) = colours {
                // A profile that does not fit is left out: the colours shift a little.
                let _ = encoder.set_icc_profile(colours.to_vec());
            }
            encoder.write_image(pixels, width, height, ExtendedColorType::Rgba8)?;
        }
        image => {
            let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            if let Some(colours) = colours {
                let _ = encoder.set_icc_profile(colours.to_vec());
            }
            let pixels = image.as_bytes();
            encoder.write_image(pixels, width, height, ExtendedColorType::Rgb8)?;
        }
    }
    Ok(bytes)
}
