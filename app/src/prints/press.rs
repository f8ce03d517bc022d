//! The press, made once and kept warm; few prints at a time, where blocking is allowed.

use crate::error::{Error, Result};
use paper::forms::{Form, Plain, Press, docx, plain_docx};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

static PRESS: LazyLock<Press> = LazyLock::new(Press::new);
/// Prints under way at a time: each keeps a processor busy, and pages must not wait for paper.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// What a print is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// To print and to keep.
    Pdf,
    /// To edit.
    Docx,
}

/// What goes onto paper.
pub(super) enum Sheet {
    /// A form whose layout the press has.
    Laid(Form),
    /// A form in a layout of the software.
    Plain(Plain),
}

impl Format {
    /// The format of `tep=…`; PDF unless docx is asked for.
    pub(super) fn of(asked: &str) -> Format {
        if asked == "docx" { Format::Docx } else { Format::Pdf }
    }

    /// The ending of the file.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
        }
    }

    /// What the answer says it is.
    pub(super) const fn mime(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// Prints.
pub(super) async fn print(sheet: Sheet, format: Format) -> Result<Vec<u8>> {
    let _place = AT_A_TIME.acquire().await.map_err(|error| Error::Broken(Box::new(error)))?;
    let printed = tokio::task::spawn_blocking(move || match (sheet, format) {
        (Sheet::Laid(form), Format::Pdf) => PRESS.pdf(&form),
        (Sheet::Laid(form), Format::Docx) => docx(&form),
        (Sheet::Plain(plain), Format::Pdf) => PRESS.plain(&plain),
        (Sheet::Plain(plain), Format::Docx) => plain_docx(&plain),
    });
    printed.await.map_err(|error| Error::Broken(Box::new(error)))?.map_err(|error| Error::Broken(Box::new(error)))
}
