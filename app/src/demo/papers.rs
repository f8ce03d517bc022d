//! Small files for the demo: a drawn photo, a one-page scan.

use super::sheet::Scan;
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A file ready to be stored.
pub struct Paper {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub mime: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Faces drawn; the same face is stored once.
const FACES: u64 = 24;
const WIDTH: u32 = 120;
const HEIGHT: u32 = 180;

/// The file for a row of somebody's dossier; only diplomas bear the name, the others are shared.
pub fn draw(scan: Scan, number: u64, name: &str) -> Option<Paper> {
    let pdf = |file: &'static str, lines: &[&str]| Some(Paper { name: file, mime: "application/pdf", bytes: page(lines) });
    match scan {
        Scan::Photo => Some(Paper { name: "anh-4x6.png", mime: "image/png", bytes: face(number % FACES)? }),
        Scan::Evaluations => pdf("phieu-danh-gia.pdf", &["PHIEU DANH GIA, XEP LOAI", "Ban quet minh hoa"]),
        Scan::Contract => pdf("hop-dong.pdf", &["HOP DONG", "Ban quet minh hoa"]),
        Scan::Diploma => pdf("van-bang.pdf", &["VAN BANG TOT NGHIEP", &vault::folded(name).to_uppercase(), "Ban quet minh hoa"]),
    }
}

/// A head and shoulders before a pale wall.
fn face(number: u64) -> Option<Vec<u8>> {
    let shade = |base: u8, step: u64| base.saturating_sub(u8::try_from(number % step * 9).unwrap_or_default());
    let (wall, skin) = (Rgb([shade(225, 3), 232, 242]), Rgb([shade(236, 4), shade(200, 4), shade(172, 4)]));
    let (hair, shirt) = (Rgb([shade(60, 5), 38, 34]), if number.is_multiple_of(2) { Rgb([246, 246, 244]) } else { Rgb([52, 84, 128]) });
    let long = number.is_multiple_of(3);
    let inside = |x: u32, y: u32, cx: i64, cy: i64, rx: i64, ry: i64| {
        let (dx, dy) = (i64::from(x) - cx, i64::from(y) - cy);
        dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry
    };
    let drawn = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| match () {
        () if inside(x, y, 60, 82, 25, 34) && y > 62 => skin,
        () if inside(x, y, 60, 74, 30, 36) && y < 84 => hair,
        () if long && inside(x, y, 60, 92, 33, 46) && y < 126 => hair,
        () if (52..68).contains(&x) && (100..132).contains(&y) => skin,
        () if inside(x, y, 60, 184, 54, 56) => shirt,
        () => wall,
    });
    let mut bytes = Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

/// One A4 page of PDF 1.4 with these lines, plain letters only.
fn page(lines: &[&str]) -> Vec<u8> {
    let mut text = String::from("0.93 g 40 40 515 762 re f 0 g BT /F1 16 Tf 80 740 Td 26 TL ");
    for line in lines {
        let plain: String = line.chars().filter(|letter| letter.is_ascii() && !matches!(letter, '(' | ')' | '\\')).collect();
        text.push_str(&format!("({plain}) Tj T* "));
    }
    text.push_str("ET 0.5 w 80 640 m 480 640 l S 80 600 m 480 600 l S 80 560 m 480 560 l S");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    let count = objects.len() + 1;
    file.push_str(&format!("xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_two_by_three_and_a_scan_is_a_pdf() {
        let photo = draw(Scan::Photo, 5, "").unwrap();
        let read = image::load_from_memory(&photo.bytes).unwrap();
        assert_eq!(read.width() * 3, read.height() * 2);
        let scan = draw(Scan::Diploma, 5, "Nguyễn Thị Đào").unwrap();
        assert_eq!(infer::get(&scan.bytes).unwrap().mime_type(), scan.mime);
        let text = String::from_utf8(scan.bytes).unwrap();
        let start: usize = text.rsplit("startxref\n").next().unwrap().split('\n').next().unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref") && text.contains("NGUYEN THI DAO"));
    }
}
