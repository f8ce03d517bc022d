//! Reads what was printed, as other programs would.

use std::io::{Cursor, Read};
use std::process::{Command, Stdio};

/// The pages of a PDF as `pdftotext` reads them, with runs of blanks made one.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, pdf).unwrap();
    let run = Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").stderr(Stdio::null()).output();
    let text = String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap();
    let text = text.replace(['\u{2060}', '\u{200b}'], "");
    text.trim_end_matches('\u{c}').split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

pub fn part_of(docx: &[u8], path: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The text of a docx, paragraph by paragraph; reading it to the end proves the XML well-formed.
pub fn paragraphs(docx: &[u8]) -> Vec<String> {
    let xml = String::from_utf8(part_of(docx, "word/document.xml")).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut paragraphs, mut text, mut in_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == b"w:t" => in_text = true,
            quick_xml::events::Event::End(tag) if tag.name().as_ref() == b"w:t" => in_text = false,
            quick_xml::events::Event::End(tag) if tag.name().as_ref() == b"w:p" => paragraphs.push(std::mem::take(&mut text)),
            quick_xml::events::Event::Text(piece) if in_text => text.push_str(&piece.decode().unwrap()),
            quick_xml::events::Event::GeneralRef(name) if in_text => text.push_str(&format!("&{};", name.decode().unwrap())),
            quick_xml::events::Event::Eof => return paragraphs,
            _ => {}
        }
    }
}

/// A grey PNG made of stored (not compressed) blocks, so that no picture crate is needed.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let raw: Vec<u8> = (0..height).flat_map(|_| std::iter::once(0).chain((0..width).map(|x| (x % 256) as u8))).collect();
    let mut zlib = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = raw.chunks(65_535).collect();
    for (at, block) in blocks.iter().enumerate() {
        let length = block.len() as u16;
        zlib.push(u8::from(at + 1 == blocks.len()));
        zlib.extend(length.to_le_bytes().into_iter().chain((!length).to_le_bytes()).chain(block.iter().copied()));
    }
    let (a, b) = raw.iter().fold((1u32, 0u32), |(a, b), byte| ((a + u32::from(*byte)) % 65_521, (b + a + u32::from(*byte)) % 65_521));
    zlib.extend((b << 16 | a).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let head: Vec<u8> = width.to_be_bytes().into_iter().chain(height.to_be_bytes()).chain([8, 0, 0, 0, 0]).collect();
    for (name, data) in [(b"IHDR", head), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        png.extend((data.len() as u32).to_be_bytes());
        let body: Vec<u8> = name.iter().copied().chain(data).collect();
        let crc = body
            .iter()
            .fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 }));
        png.extend(body.into_iter().chain((!crc).to_be_bytes()));
    }
    png
}
