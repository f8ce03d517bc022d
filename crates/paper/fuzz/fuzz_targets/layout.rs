//! Any grid with any merges through layout and values.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper_fuzz::{
    sheet::{Book, Cell, Detected, Format, Merge, Sheet},
    text::Encoding,
    use_book,
};

fuzz_target!(|bytes: &[u8]| {
    let (merges, grid) = bytes.split_at(bytes.len().min(32));
    let merges = merges.chunks_exact(4).map(|block| {
        let (top, left) = (usize::from(block[0] % 32), usize::from(block[1] % 32));
        Merge { top, left, bottom: top + usize::from(block[2] % 8), right: left + usize::from(block[3] % 8) }
    });
    let text = String::from_utf8_lossy(grid);
    let cell = |field: &str| match field.parse::<f64>() {
        Ok(number) if number.is_finite() => Cell::Number(number),
        _ => Cell::text(field),
    };
    let rows = text.split('\n').map(|line| line.split('|').map(cell).collect()).collect();
    let sheet = Sheet { rows, merges: merges.collect(), ..Sheet::default() };
    let encoding = Detected { encoding: Encoding::Utf8, confidence: 1.0, why: String::new(), fonts: Vec::new(), samples: Vec::new() };
    use_book(&Book { sheets: vec![sheet], format: Format::Html, encoding });
});
