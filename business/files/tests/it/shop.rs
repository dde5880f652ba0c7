//! A shop whose staff have portraits: the smallest noun with a shelf.

use files::{Holds, OwnerKind, Prepared, Reached, Shelf, Target};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::{Ctx, Fault, Permission, Role};
use testing::{Answer, Client, World, store::Tx, web::Room};

/// To see what hangs in the gallery.
const VIEW: Permission = Permission::new("gallery.view", &[Role::Manager, Role::Staff]);
/// To hang something up.
const EDIT: Permission = Permission::new("gallery.edit", &[Role::Manager]);

/// A gallery with two rooms, `east` and `west`, whose east room has a window.
pub const SHELF: Shelf = Shelf {
    kind: OwnerKind::Order,
    holds: Holds::Many,
    home: "/gallery/{id}",
    view: VIEW,
    edit: EDIT,
    find,
    seen: None,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<Reached, Fault> {
    if !matches!(id, "east" | "west") {
        return Err(Fault::missing("files-missing"));
    }
    let site = testing::organisation::sites(tx, ctx)?.swap_remove(0);
    Ok(Reached {
        title: id.to_owned(),
        home: format!("/gallery/{id}/files"),
        site: Some(site.id),
        customer: None,
        zone: site.zone,
        parts: vec![("window".to_owned(), "The window".to_owned())],
    })
}

/// The rooms of a program that has nothing but a gallery.
pub fn rooms() -> Vec<Room> {
    vec![
        testing::organisation::room(),
        files::room(),
        Room::new("gallery").routes(files::routes(SHELF)),
    ]
}

/// Where a file is to hang.
pub fn target(owner: &str) -> Target {
    Target {
        shelf: SHELF,
        owner: owner.to_owned(),
        part: None,
    }
}

/// A picture whose left half is dark and whose right half is light.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([20, 30, 40])
        } else {
            Rgb([240, 220, 200])
        }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = DynamicImage::ImageRgb8(image);
    image.write_to(&mut bytes, format).expect("it is written");
    bytes.into_inner()
}

/// A JPEG with what a camera writes into it: that it was held sideways, and where.
pub fn from_camera(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(width, height, ImageFormat::Jpeg);
    // TIFF, little endian: orientation 6 (turn right), and a description that names a place.
    let place = b"GPS 31.2304N 121.4737E\0\0";
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(b"\x0e\x01\x02\0\x18\0\0\0\x26\0\0\0");
    exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    exif.extend_from_slice(place);
    let length = u16::try_from(exif.len() + 2).expect("it is short");
    let mut bytes = plain[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, 0xE1]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&exif);
    bytes.extend_from_slice(&plain[2..]);
    bytes
}

/// Sends files as a browser does.
pub fn upload(client: &Client, owner: &str, files: &[(&str, &[u8])]) -> Answer {
    client.upload(&format!("/gallery/{owner}/files"), files)
}

/// A small file, ready to be kept.
pub fn note(text: &str) -> Prepared {
    files::prepare("note.txt", text.as_bytes().to_vec()).expect("plain text is accepted")
}

/// What hangs in a room of the gallery.
pub fn hanging(world: &World, owner: &str) -> Vec<files::File> {
    world
        .read(|tx, ctx| files::files_of(tx, ctx, SHELF.kind, owner))
        .expect("readable")
}

/// How many contents lie in the world's folder.
pub fn kept(world: &World) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return 0;
        };
        let sizes = entries.flatten().map(|entry| match entry.path() {
            path if path.is_dir() => count(&path),
            _ => 1,
        });
        sizes.sum()
    }
    count(&world.files_folder())
}
