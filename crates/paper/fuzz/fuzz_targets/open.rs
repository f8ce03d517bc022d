//! Any bytes as a file, with what a package unfolds to built from them too: a fuzzer can't guess checksums.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use paper_fuzz::{options, sheet::open, use_book};
use zip::{ZipWriter, write::SimpleFileOptions};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(book) = open(bytes, &options()) {
        use_book(&book);
    }
    // Parts are cut apart by a byte that stands in no XML.
    if !bytes.contains(&0xFF) {
        return;
    }
    let names = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in names.iter().zip(bytes.split(|byte| *byte == 0xFF)) {
        if zip.start_file(*name, stored).is_err() || zip.write_all(part).is_err() {
            return;
        }
    }
    if let Ok(packed) = zip.finish()
        && let Ok(book) = open(packed.get_ref(), &options())
    {
        use_book(&book);
    }
});
