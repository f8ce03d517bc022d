//! The readers of `paper` by themselves: the rest of the crate takes minutes to build with a fuzzer's instruments.
#![allow(missing_docs)]

#[path = "../../src/sheet/mod.rs"]
pub mod sheet;
#[path = "../../src/signatures/mod.rs"]
pub mod signatures;
#[path = "../../src/text/mod.rs"]
pub mod text;

use jiff::civil::{Date, date};
use sheet::{Book, Limits, Options};

/// Limits small enough that a fuzzer finds what slips past them.
pub fn options() -> Options {
    let limits = Limits { file: 4 << 20, unfolded: 16 << 20, text: 8 << 20, parts: 256, cells: 200_000, merges: 2_000 };
    Options { limits, encoding: None }
}

/// Does with a book what an import does.
pub fn use_book(book: &Book) {
    for sheet in &book.sheets {
        let layout = sheet::layout(sheet);
        for row in layout.data_rows().take(200) {
            for column in layout.columns.iter().take(60) {
                use_cell(sheet.cell(row, column.index));
            }
            let _ = layout.group_of(row);
        }
    }
    let _ = book.main_sheet();
}

const TODAY: Date = date(2026, 11, 24);

/// Reads a cell as everything it may be.
pub fn use_cell(cell: &sheet::Cell) {
    use sheet::values;
    let _ = values::date(cell, TODAY);
    let _ = values::hundredths(cell);
    let _ = values::money(cell);
    let _ = values::whole(cell);
    let _ = values::digits(cell, "Số", &[9, 12]);
    let _ = values::tick(cell);
    let _ = values::gender_from_split(cell, &sheet::Cell::Empty, TODAY);
    let _ = cell.shown();
}
