//! Files as offices make them, and files that are none.

use exchange::{What, read_grid};
use testing::each_engine;

use crate::shop::{counts, job, rooms, take, take_job};

/// `姓名,手机号` and one customer, in GBK.
const GBK: &[u8] =
    b"\xd0\xd5\xc3\xfb,\xca\xd6\xbb\xfa\xba\xc5\n\xb3\xc2\xd3\xea\xcd\xa9,13800132047\n";

#[test]
fn a_file_from_a_chinese_office_program_is_read_in_its_own_encoding() {
    each_engine(&rooms(), |world| {
        let report = take_job(world, job(What::Customers), GBK).unwrap();
        assert_eq!(counts(&report), (1, 0, 0, 0));
        let found = world
            .read(|tx, ctx| customers::search(tx, ctx, "雨桐", 10))
            .unwrap();
        assert_eq!(found[0].name, "陈雨桐");
    });
}

#[test]
fn a_file_for_something_else_is_refused_as_a_whole() {
    each_engine(&rooms(), |world| {
        let wrong = take(world, What::Orders, "name,phone\nAda,1\n").unwrap_err();
        assert_eq!(
            wrong.speak(kernel::Locale::En),
            "These columns are needed: external_id, created. The file has: name, phone."
        );
        let mut elsewhere = job(What::Customers);
        elsewhere.site = Some("atlantis".to_owned());
        assert!(take_job(world, elsewhere, b"name,phone\nAda,13800001111\n").is_err());
    });
}

#[test]
fn a_workbook_is_read_like_the_table_it_shows() {
    let grid = read_grid(workbook()).unwrap();
    assert_eq!(grid.header, ["姓名", "手机号", "since"]);
    assert_eq!(grid.rows[0].number, 3);
    assert_eq!(
        grid.rows[0].cells,
        ["Ada", "13800132047", "2026-11-21 12:00:00"]
    );
}

#[test]
fn a_workbook_cut_short_is_refused() {
    let whole = workbook();
    for length in [5, 100, whole.len() / 2, whole.len() - 10] {
        assert!(read_grid(whole[..length].to_vec()).is_err(), "{length}");
    }
}

/// A workbook of one sheet: a header in row 1, nothing in row 2, one customer in row 3.
fn workbook() -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let sheet = format!(
        "<worksheet xmlns=\"{NS}/spreadsheetml/2006/main\"><sheetData>\
         <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c>\
         <c r=\"B1\" t=\"inlineStr\"><is><t>手机号</t></is></c>\
         <c r=\"C1\" t=\"inlineStr\"><is><t>since</t></is></c></row>\
         <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Ada</t></is></c>\
         <c r=\"B3\"><v>13800132047</v></c><c r=\"C3\" s=\"1\"><v>46347.5</v></c></row>\
         </sheetData></worksheet>"
    );
    let book = format!(
        "<workbook xmlns=\"{NS}/spreadsheetml/2006/main\" \
         xmlns:r=\"{NS}/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let office = format!("{NS}/officeDocument/2006/relationships");
    let relations = format!(
        "<Relationships xmlns=\"{NS}/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{office}/styles\" Target=\"styles.xml\"/>\
         </Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{NS}/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{NS}/spreadsheetml/2006/main\"><cellXfs>\
         <xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    zip(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// A ZIP archive whose files are stored as they are.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, body) in files {
        let place = (out.len() as u32).to_le_bytes();
        let size = (body.len() as u32).to_le_bytes();
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend(crc32(body.as_bytes()).to_le_bytes());
        about.extend(size);
        about.extend(size);
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(body.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(place);
        directory.extend(name.as_bytes());
    }
    let (start, count) = (out.len() as u32, files.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1));
        }
    }
    !crc
}
