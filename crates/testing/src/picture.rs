//! Pictures to upload.

use image::{ImageFormat, Rgb, RgbImage};

/// A plain picture of so many pixels, as PNG; another `shade` is another picture.
///
/// # Panics
/// When it cannot be written.
pub fn picture(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([155, shade, 92]))
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("it is written");
    bytes.into_inner()
}
