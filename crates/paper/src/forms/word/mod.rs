//! The same forms as docx, for those who must edit them in Word or LibreOffice.

mod body;
mod picture;
mod xml;

use super::filled::{self, Filled, Medium};
use super::{Error, Form, Photo, Plain, Result, pack};
use picture::Picture;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>"#;

const PACKAGE_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="200"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr><w:rPr><w:i/><w:sz w:val="20"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:rPr><w:sz w:val="22"/></w:rPr></w:style></w:styles>"#;

/// Pages are numbered at the top, from the second on: the first page has no header.
const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

/// The foot of every page, the first included.
fn footer(words: &str) -> String {
    let inside = xml::paragraph("Note", r#"<w:jc w:val="center"/>"#, &xml::run(words, xml::ITALIC));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inside}</w:ftr>"#
    )
}

/// A filled-in form as a Word document.
pub fn docx(form: &Form) -> Result<Vec<u8>> {
    write(&filled::fill(form, Medium::Word)?, form.photo.as_ref())
}

/// A form without a layout of its own as a Word document.
pub fn plain_docx(plain: &Plain) -> Result<Vec<u8>> {
    write(&plain.fill(Medium::Word), plain.photo.as_ref())
}

fn write(filled: &Filled, photo: Option<&Photo>) -> Result<Vec<u8>> {
    let picture = photo.map(|photo| Picture::of(photo).ok_or(Error::Photo)).transpose()?;
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), CONTENT_TYPES.into()),
        ("_rels/.rels".to_owned(), PACKAGE_RELATIONS.into()),
        ("word/_rels/document.xml.rels".to_owned(), relations(picture.as_ref()).into_bytes()),
        ("word/styles.xml".to_owned(), STYLES.into()),
        ("word/header.xml".to_owned(), HEADER.into()),
        ("word/footer.xml".to_owned(), footer(&filled.foot).into_bytes()),
        ("word/document.xml".to_owned(), body::document(filled, picture.as_ref()).into_bytes()),
    ];
    if let (Some(picture), Some(photo)) = (&picture, photo) {
        parts.push((format!("word/{}", picture.path()), photo.0.clone()));
    }
    pack(&parts)
}

fn relations(picture: Option<&Picture>) -> String {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let image =
        picture.map(|picture| format!(r#"<Relationship Id="rId3" Type="{TYPES}/image" Target="{}"/>"#, picture.path())).unwrap_or_default();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{TYPES}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{TYPES}/header" Target="header.xml"/><Relationship Id="rId4" Type="{TYPES}/footer" Target="footer.xml"/>{image}</Relationships>"#
    )
}
