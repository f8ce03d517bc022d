//! Typesets forms and lists with typst.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_pdf::PdfOptions;

use super::filled::{self, Filled, Medium};
use super::{Error, Form, Photo, Plain, Result, Table};

const FACES: [&[u8]; 4] = [
    include_bytes!("../../fonts/Tinos-Regular.ttf"),
    include_bytes!("../../fonts/Tinos-Bold.ttf"),
    include_bytes!("../../fonts/Tinos-Italic.ttf"),
    include_bytes!("../../fonts/Tinos-BoldItalic.ttf"),
];

/// How many prints a result of typst stays kept without being used again. What is common to all prints is used by each of them;
/// what belongs to one person goes soon.
const KEPT_PRINTS: usize = 2;

static TEMPLATE: LazyLock<FileId> = LazyLock::new(|| FileId::new(None, VirtualPath::new("form.typ")));
static DATA: LazyLock<FileId> = LazyLock::new(|| FileId::new(None, VirtualPath::new("form.json")));
static PHOTO: LazyLock<FileId> = LazyLock::new(|| FileId::new(None, VirtualPath::new("photo")));

/// Holds fonts and template between prints. Make one when the program starts and share it; printing needs no lock.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Default for Press {
    fn default() -> Press {
        Press::new()
    }
}

impl Press {
    /// Loads the fonts and the template, which ship inside the program.
    pub fn new() -> Press {
        let fonts: Vec<Font> = FACES.into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect();
        Press {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(*TEMPLATE, include_str!("../../templates/form.typ").to_owned()),
        }
    }

    /// A filled-in form as PDF. It keeps a processor busy for some ten milliseconds: call it where blocking is allowed.
    pub fn pdf(&self, form: &Form) -> Result<Vec<u8>> {
        self.with_photo(&filled::fill(form, Medium::Pdf)?, form.photo.as_ref())
    }

    /// A form without a layout of its own, as PDF.
    pub fn plain(&self, plain: &Plain) -> Result<Vec<u8>> {
        self.with_photo(&plain.fill(Medium::Pdf), plain.photo.as_ref())
    }

    /// A list as PDF.
    pub fn table(&self, table: &Table) -> Result<Vec<u8>> {
        self.print(&table.fill(), None)
    }

    fn with_photo(&self, filled: &Filled, photo: Option<&Photo>) -> Result<Vec<u8>> {
        if photo.is_some_and(|photo| photo.extension().is_none()) {
            return Err(Error::Photo);
        }
        self.print(filled, photo.map(|photo| Bytes::new(photo.0.clone())))
    }

    fn print(&self, filled: &Filled, photo: Option<Bytes>) -> Result<Vec<u8>> {
        let sheet = Sheet { press: self, data: Bytes::new(serde_json::to_vec(filled)?), photo };
        let printed = typst::compile::<PagedDocument>(&sheet)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &PdfOptions::default()))
            .map_err(|problems| sheet.explain(&problems));
        comemo::evict(KEPT_PRINTS);
        printed
    }
}

/// One print: the press, and what is printed.
struct Sheet<'a> {
    press: &'a Press,
    data: Bytes,
    photo: Option<Bytes>,
}

impl Sheet<'_> {
    /// Only typst's own words about the template are passed on; they can quote the photo's format, never a text of the form.
    fn explain(&self, problems: &[SourceDiagnostic]) -> Error {
        let first = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
        if self.photo.is_some() && first.contains("image") { Error::Photo } else { Error::Typesetting(first.to_owned()) }
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        *TEMPLATE
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *TEMPLATE { Ok(self.press.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match &self.photo {
            _ if id == *DATA => Ok(self.data.clone()),
            Some(photo) if id == *PHOTO => Ok(photo.clone()),
            Some(_) | None => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// The form says its own dates.
    fn today(&self, _: Option<i64>) -> Option<Datetime> {
        None
    }
}
