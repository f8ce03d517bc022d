//! Any text as csv.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper_fuzz::{options, sheet::open, use_book};

fuzz_target!(|bytes: &[u8]| {
    let file = [b"ten;".as_slice(), bytes].concat();
    if let Ok(book) = open(&file, &options()) {
        use_book(&book);
    }
});
