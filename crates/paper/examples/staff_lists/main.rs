//! Writes the invented staff lists of `examples/`: `cargo run -p paper --example staff_lists -- examples`.

mod books;
mod messy;
mod people;
mod plain;

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "examples".into()));
    books::salary_list(&folder.join("danh-sach-luong-bm03.xlsx"))?;
    books::school_list(&folder.join("danh-sach-truong-hoc.xlsx"))?;
    books::old_font_list(&folder.join("danh-sach-tcvn3.xlsx"))?;
    messy::list(&folder.join("danh-sach-lon-xon.xlsx"))?;
    plain::commune_page(&folder.join("danh-sach-ubnd-xa.xls"))?;
    plain::old_texts(&folder)?;
    Ok(())
}
