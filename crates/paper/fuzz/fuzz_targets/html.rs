//! Any text as a page, a web archive and as the XML of Excel 2003.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper_fuzz::{options, sheet::open, use_book};

const STARTS: [&[u8]; 3] = [
    b"<html>",
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"cut\"\n\n--cut\nContent-Type: text/html\n\n",
    b"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
];

fuzz_target!(|bytes: &[u8]| {
    for start in STARTS {
        let file = [start, bytes].concat();
        if let Ok(book) = open(&file, &options()) {
            use_book(&book);
        }
    }
});
