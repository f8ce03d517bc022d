//! What a file really is: its first bytes decide, pictures are drawn anew, PDF is kept as it came.
//!
//! Drawing a picture anew drops whatever else was in the file: places and times of cameras, scripts, a second file behind it.

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder};
use std::io::Cursor;

/// The longest side and the memory that a picture may need while it is drawn.
const LONGEST_SIDE: u32 = 12_000;
const MEMORY: u64 = 256 * 1024 * 1024;
/// What is kept of a scan: readable in print, small enough to keep by the million.
const KEPT_SIDE: u32 = 2_600;
const QUALITY: u8 = 85;

/// A file that may be stored.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) name: String,
    pub(super) mime: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// The file, or a sentence that says what to upload instead.
pub(super) fn accept(name: &str, bytes: Vec<u8>, most: usize, pictures_only: bool) -> Result<Accepted, String> {
    if bytes.is_empty() {
        return Err("Chọn tệp cần tải lên".into());
    }
    if bytes.len() > most {
        return Err(format!("Tệp lớn hơn {} MB. Quét lại với độ phân giải thấp hơn", most / (1024 * 1024)));
    }
    let kind = infer::get(&bytes).map(|kind| kind.mime_type()).unwrap_or_default();
    let format = match kind {
        "application/pdf" if pictures_only => return Err("Ảnh phải là tệp JPEG hoặc PNG".into()),
        "application/pdf" => return pdf(name, bytes),
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        "image/webp" => ImageFormat::WebP,
        _ => return Err("Nội dung tệp không phải PDF hoặc ảnh JPEG, PNG, WebP".into()),
    };
    let bytes = redrawn(&bytes, format).map_err(|()| "Ảnh hỏng, tải chưa hết hoặc quá lớn. Chụp hoặc quét lại".to_owned())?;
    Ok(Accepted { name: named(name, "jpg"), mime: "image/jpeg", bytes })
}

/// A PDF is kept as it came: it may carry a signature. One that would act by itself is refused.
fn pdf(name: &str, bytes: Vec<u8>) -> Result<Accepted, String> {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    if !bytes.starts_with(b"%PDF-") || !has(b"%%EOF") {
        return Err("Tệp PDF hỏng hoặc tải chưa hết. Xuất lại tệp".into());
    }
    if [&b"/JavaScript"[..], b"/Launch", b"/EmbeddedFile", b"/RichMedia"].into_iter().any(has) {
        return Err("Tệp PDF có mã lệnh hoặc tệp kèm bên trong. In lại thành PDF rồi tải lên".into());
    }
    Ok(Accepted { name: named(name, "pdf"), mime: "application/pdf", bytes })
}

/// The decoder forgives a picture that breaks off; a scan with its lower half missing proves nothing.
fn breaks_off(bytes: &[u8]) -> bool {
    let last = |marker: [u8; 2]| bytes.windows(2).rposition(|window| window == marker);
    last([0xff, 0xd9]) <= last([0xff, 0xda])
}

fn redrawn(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, ()> {
    if format == ImageFormat::Jpeg && breaks_off(bytes) {
        return Err(());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(drop)?;
    let turned = decoder.orientation().map_err(drop)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(drop)?;
    picture.apply_orientation(turned);
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    let mut out = Vec::new();
    on_white(&picture).write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).map_err(drop)?;
    Ok(out)
}

/// What was transparent becomes paper.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let seen = picture.to_rgba8();
    let mut paper = image::RgbImage::new(seen.width(), seen.height());
    for (dot, kept) in seen.pixels().zip(paper.pixels_mut()) {
        let [red, green, blue, alpha] = dot.0;
        let mix = |colour: u8| {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        };
        kept.0 = [mix(red), mix(green), mix(blue)];
    }
    DynamicImage::ImageRgb8(paper)
}

/// The name it came with, without folders or marks that mean something elsewhere, with the ending of what it is.
fn named(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let clean: String = stem.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.')).take(80).collect();
    let clean = clean.trim_matches([' ', '.']);
    format!("{}.{ending}", if clean.is_empty() { "tep" } else { clean })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 4 * 1024 * 1024;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_drawn_anew_and_lose_what_was_hidden_in_them() {
        let mut jpeg = picture(40, 60, ImageFormat::Jpeg);
        jpeg.extend(b"<script>alert(1)</script>PK\x03\x04");
        let kept = accept("ảnh thẻ.jpg", jpeg, MOST, true).unwrap();
        assert_eq!((kept.mime, kept.name.as_str()), ("image/jpeg", "ảnh thẻ.jpg"));
        assert!(!kept.bytes.windows(8).any(|window| window == b"<script>"));
        let png = accept("../../etc/anh.png", picture(3000, 4000, ImageFormat::Png), MOST, false).unwrap();
        assert_eq!(png.name, "anh.jpg");
        let seen = image::load_from_memory(&png.bytes).unwrap();
        assert_eq!(seen.height(), KEPT_SIDE);
    }

    #[test]
    fn what_only_looks_like_a_picture_is_refused() {
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
        let html = b"<!doctype html><script>alert(1)</script>".to_vec();
        let mut cut = picture(400, 600, ImageFormat::Jpeg);
        cut.truncate(cut.len() / 2);
        let mut bomb = picture(4, 4, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        let zip = b"PK\x03\x04\x14\x00\x00\x00\x08\x00rest of an archive".to_vec();
        for (name, bytes) in [("a.jpg", svg), ("b.jpg", html), ("c.jpg", cut), ("d.png", bomb), ("e.jpg", zip), ("f.jpg", Vec::new())] {
            assert!(accept(name, bytes, MOST, false).is_err(), "{name} was taken");
        }
        assert!(accept("big.jpg", vec![0; MOST + 1], MOST, false).unwrap_err().contains("4 MB"));
    }

    #[test]
    fn a_pdf_is_kept_unless_it_would_act_by_itself() {
        let plain = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF".to_vec();
        assert_eq!(accept("QĐ 26.pdf", plain.clone(), MOST, false).unwrap().bytes, plain);
        assert!(accept("anh.pdf", plain, MOST, true).is_err());
        let acts = b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (x) >> >> endobj\n%%EOF".to_vec();
        assert!(accept("x.pdf", acts, MOST, false).is_err());
    }
}
