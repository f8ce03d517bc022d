//! What can go wrong between a form and its paper.

/// Why a form could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes of the photo are neither a JPEG nor a PNG picture that can be read.
    #[error("Không đọc được ảnh. Chọn ảnh JPEG hoặc PNG khác")]
    Photo,
    /// A layout in `templates/` says something the program does not understand.
    #[error("layout {form}: {reason}")]
    Layout {
        /// Code of the form whose layout it is.
        form: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Typesetting failed. The text never holds what was on the form.
    #[error("typesetting: {0}")]
    Typesetting(String),
    /// A docx file or another package could not be put together.
    #[error("package: {0}")]
    Word(#[from] std::io::Error),
}

/// A result of this module.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Error {
        Error::Word(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Typesetting(error.to_string())
    }
}
