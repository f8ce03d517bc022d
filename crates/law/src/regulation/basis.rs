//! Where a table of a regulation comes from.

/// Article of a table, or why it stands there although the text is silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis<'a> {
    /// Clause id of `clauses.toml`, id of its parent, or `silent`.
    pub article: &'a str,
    /// The text says nothing; the value is a default that an administrator may change.
    pub silent: bool,
    /// Reason for the default; empty where the text speaks.
    pub why: &'a str,
}

/// A table that names its article.
pub trait Based {
    /// Its article.
    fn basis(&self) -> Basis<'_>;
}

/// A strict table with `article`, `silent` and `why`. `serde(flatten)` cannot refuse unknown keys, so the three
/// are written into each table.
macro_rules! based {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $kind,)*
            /// Clause id of `clauses.toml`, id of its parent, or `silent`.
            pub article: String,
            /// The text says nothing; the value is a default that an administrator may change.
            #[serde(default)]
            pub silent: bool,
            /// Reason for the default.
            #[serde(default)]
            pub why: String,
        }

        impl $crate::regulation::basis::Based for $name {
            fn basis(&self) -> $crate::regulation::basis::Basis<'_> {
                $crate::regulation::basis::Basis { article: &self.article, silent: self.silent, why: &self.why }
            }
        }
    };
}
pub(crate) use based;
