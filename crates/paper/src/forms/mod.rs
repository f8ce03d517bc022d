//! The printed forms: a filled-in sơ yếu lý lịch or a list, as PDF and as docx.
//!
//! A caller hands over a [`Form`]: which form it is, and texts ready to print under the keys of the field catalogue
//! (`identity.full_name`). Where each text stands on paper is written in `templates/<code>.toml`, once for PDF and docx alike, so
//! both show the same items in the same order. What people typed is only ever data: neither typst nor Word sees it as markup.

mod clean;
mod error;
mod filled;
mod layout;
mod model;
mod pack;
mod pattern;
mod plain;
mod press;
mod table;
mod word;

pub use error::{Error, Result};
pub use layout::item_numbers;
pub use model::{Form, FormKind, Photo};
pub use pack::pack;
pub use plain::{Entry, Plain, Signature};
pub use press::Press;
pub use table::{Align, Column, Table};
pub use word::{docx, plain_docx};
