//! A shelf, as a browser sees it.

use files::{FILE_BYTES_MAX, Size};
use image::ImageFormat;
use kernel::Role;
use testing::{each_engine, web::axum::http::Method};

use crate::shop::{from_camera, hanging, kept, picture, rooms, upload};

#[test]
fn a_photo_stands_upright_in_three_sizes_without_what_the_camera_wrote() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let photo = from_camera(2400, 1200);
        assert!(String::from_utf8_lossy(&photo).contains("GPS 31.2304N"));
        let added = upload(&manager, "east", &[("IMG_1.JPG", &photo)]);
        assert_eq!(added.status, 303, "{}", added.body);
        let files = hanging(world, "east");
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name, "IMG_1.jpg");
        let sizes: Vec<_> = files[0]
            .copies
            .iter()
            .map(|copy| (copy.size, copy.width, copy.height))
            .collect();
        let upright = [
            (Size::Small, 160, 320),
            (Size::Medium, 512, 1024),
            (Size::Full, 1024, 2048),
        ];
        assert_eq!(sizes, upright);
        for size in Size::ALL {
            let path = format!("/gallery/east/files/{}/{}", files[0].id, size.as_str());
            let shown = manager.get(&path);
            assert_eq!(shown.status, 200);
            assert_eq!(shown.header("content-type"), Some("image/jpeg"));
            assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
            assert!(!shown.says("GPS") && !shown.says("Exif"));
            let tag = shown.header("etag").expect("it has a tag").to_owned();
            let again = manager
                .clone()
                .with_header("if-none-match", &tag)
                .get(&path);
            assert_eq!((again.status, again.body.len()), (304, 0));
        }
        assert_eq!(
            world.activities().last().map(String::as_str),
            Some("file.added")
        );
    });
}

#[test]
fn several_are_added_at_once_or_none_and_what_is_wrong_is_said() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let good = picture(40, 30, ImageFormat::Png);
        let webp = picture(20, 20, ImageFormat::WebP);
        let pdf: &[u8] = b"%PDF-1.7\n1 0 obj\n";
        let files = [("a.png", &good[..]), ("b.webp", &webp), ("c.pdf", pdf)];
        let added = upload(&manager, "east", &files);
        assert_eq!(added.status, 303, "{}", added.body);
        let names: Vec<_> = hanging(world, "east")
            .into_iter()
            .map(|file| file.name)
            .collect();
        assert_eq!(names, ["a.jpg", "b.jpg", "c.pdf"]);
        let before = (kept(world), world.activities().len());
        let mut bomb = picture(2, 2, ImageFormat::Png);
        // The header of the picture claims 60,000 by 60,000 pixels; its checksum follows.
        bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let checksum = crc(&bomb[12..29]).to_be_bytes();
        bomb[29..33].copy_from_slice(&checksum);
        let cut_short = &picture(300, 300, ImageFormat::Png)[..120];
        let refusals: [(&str, &[u8], &str); 7] = [
            (
                "party.heic",
                b"\0\0\0\x18ftypheic\0\0\0\0mif1",
                "is a HEIC photo",
            ),
            (
                "logo.jpg",
                b"<svg onload=alert(1)>",
                "a drawing that a browser would run",
            ),
            ("page.png", b"<!doctype html><script>", "is a web page"),
            ("clip.mov", b"\0\0\0\x14ftypqt  ", "is a video"),
            (
                "tool.pdf",
                b"MZ\x90\0\x03\0\0\0",
                "is not a JPEG, PNG or WebP photo",
            ),
            ("bomb.png", &bomb, "has too many pixels"),
            ("torn.png", cut_short, "cannot be read to its end"),
        ];
        for (name, bytes, words) in refusals {
            let refused = upload(&manager, "east", &[("good.png", &good), (name, bytes)]);
            assert_eq!(refused.status, 422, "{name}");
            assert!(
                refused.says(words) && refused.says(name),
                "{name}: {}",
                refused.body
            );
        }
        assert!(upload(&manager, "east", &[]).says("Choose a photo or a file first."));
        assert_eq!(before, (kept(world), world.activities().len()));
    });
}

/// The checksum of a PNG chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (0_u32.wrapping_sub(sum & 1)))
        })
    })
}

#[test]
fn a_photo_of_200_megabytes_is_refused_early_and_nothing_is_kept() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        // What its sender announces is enough to refuse it: the body is not even there.
        let kind = Some("multipart/form-data; boundary=edge");
        let announced = manager.clone().with_header("content-length", "209715200");
        let refused = announced.send(Method::POST, "/gallery/east/files", kind, Vec::new());
        assert_eq!(refused.status, 422);
        assert!(
            refused.says("each file can have up to 25 MB"),
            "{}",
            refused.body
        );
        let chinese = announced.in_locale(kernel::Locale::ZhCn);
        let refused = chinese.send(Method::POST, "/gallery/east/files", kind, Vec::new());
        assert!(refused.says("每个文件最多 25 MB"), "{}", refused.body);
        let mut large = vec![0xFF_u8; FILE_BYTES_MAX + 1];
        large[1] = 0xD8;
        let refused = upload(&manager, "east", &[("huge.jpg", &large)]);
        assert_eq!(refused.status, 422);
        assert!(
            refused.says("“huge.jpg” is larger than 25 MB"),
            "{}",
            refused.body
        );
        assert_eq!((kept(world), hanging(world, "east").len()), (0, 0));
    });
}

#[test]
fn a_file_is_described_removed_and_put_back() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        upload(&manager, "east", &[("note.txt", "先关机".as_bytes())]);
        let id = hanging(world, "east")[0].id;
        let at = |noun: &str| format!("/gallery/east/files/{id}/{noun}");
        let text = manager.get(&at("full"));
        assert_eq!(text.body, "先关机");
        assert_eq!(
            text.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
        let way = text.header("content-disposition").expect("it says");
        assert_eq!(way, "attachment; filename*=UTF-8''note.txt");
        assert_eq!(
            manager
                .post(&at("caption"), "version=1&caption=How+to")
                .status,
            303
        );
        assert!(manager.get("/gallery/east/files").says("How to"));
        assert_eq!(
            manager
                .post(&at("caption"), "version=1&caption=Else")
                .status,
            409
        );
        let long = format!("version=2&caption={}", "x".repeat(301));
        assert_eq!(manager.post(&at("caption"), &long).status, 422);
        for _ in 0..2 {
            assert_eq!(manager.post(&at("removal"), "").status, 303);
        }
        let page = manager.get("/gallery/east/files");
        assert!(page.says("“How to” removed") && page.says("Put back"));
        assert_eq!(manager.post(&at("return"), "").status, 303);
        assert!(hanging(world, "east")[0].removed.is_none());
        let told = world.activities();
        let told = &told[told.len() - 4..];
        assert_eq!(
            told,
            [
                "file.added",
                "file.captioned",
                "file.removed",
                "file.put_back"
            ]
        );
    });
}

#[test]
fn who_may_see_the_thing_may_see_its_files_and_nobody_else() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        upload(&manager, "east", &[("note.txt", b"inside")]);
        let id = hanging(world, "east")[0].id;
        let path = format!("/gallery/east/files/{id}/full");
        assert_eq!(world.client(Role::Staff).get(&path).status, 200);
        assert!(
            !world
                .client(Role::Staff)
                .get("/gallery/east/files")
                .says("multipart")
        );
        assert_eq!(world.client(Role::Support).get(&path).status, 403);
        assert_eq!(world.nobody().get(&path).status, 303);
        assert_eq!(
            upload(&world.client(Role::Staff), "east", &[("a.txt", b"a")]).status,
            403
        );
        // A file is found through its own thing alone.
        assert_eq!(manager.get(&path.replace("east", "west")).status, 404);
        assert_eq!(manager.get(&path.replace("east", "north")).status, 404);
        assert_eq!(manager.get(&path.replace("full", "huge")).status, 404);
        let removal = path.replace("full", "removal");
        assert_eq!(world.client(Role::Staff).post(&removal, "").status, 403);
    });
}
