//! Fits a photo into the frame of 4 × 6 cm: the middle is shown, nothing is stretched.

use crate::forms::Photo;

/// Thousandths of a per cent, in which Word counts what is cut off.
const WHOLE: u64 = 100_000;

pub(super) struct Picture {
    extension: &'static str,
    /// Cut off at the left and right, and at the top and bottom.
    cut: (u64, u64),
}

impl Picture {
    pub fn of(photo: &Photo) -> Option<Picture> {
        let extension = photo.extension()?;
        let (width, height) = if extension == "png" { png_size(&photo.0)? } else { jpeg_size(&photo.0)? };
        if width == 0 || height == 0 {
            return None;
        }
        Some(Picture { extension, cut: cut(u64::from(width), u64::from(height)) })
    }

    pub fn path(&self) -> String {
        format!("media/photo.{}", self.extension)
    }

    pub fn drawing(&self) -> String {
        let (sides, ends) = self.cut;
        format!(
            r#"<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1440000" cy="2160000"/><wp:docPr id="1" name="Ảnh" descr="Ảnh"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="Ảnh"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId3"/><a:srcRect l="{sides}" t="{ends}" r="{sides}" b="{ends}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" cy="2160000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"#
        )
    }
}

/// What to cut off each side for a shape of 2:3 to remain.
fn cut(width: u64, height: u64) -> (u64, u64) {
    if width * 3 > height * 2 {
        ((WHOLE - WHOLE * height * 2 / (width * 3)) / 2, 0)
    } else {
        (0, (WHOLE - WHOLE * width * 3 / (height * 2)) / 2)
    }
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// Walks the segments up to the one that says how large the frame is.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        let marker = number(at)?;
        match marker {
            0xffff => at += 1,
            0xffc0..=0xffc3 | 0xffc5..=0xffc7 | 0xffc9..=0xffcb | 0xffcd..=0xffcf => {
                return Some((number(at + 7)?.into(), number(at + 5)?.into()));
            }
            0xff01 | 0xffd0..=0xffd8 => at += 2,
            0xff00.. => at += 2 + usize::from(number(at + 2)?),
            0..0xff00 => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_photo_loses_its_sides_and_a_tall_one_its_ends() {
        assert_eq!(cut(400, 600), (0, 0));
        assert_eq!(cut(600, 600), (16_667, 0));
        assert_eq!(cut(300, 900), (0, 25_000));
    }

    #[test]
    fn the_size_of_a_jpeg_is_found_behind_other_segments() {
        let bytes = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 9, 9, 0xff, 0xc2, 0, 11, 8, 2, 0, 1, 0];
        assert_eq!(jpeg_size(&bytes), Some((256, 512)));
        assert_eq!(jpeg_size(&bytes[..12]), None);
    }
}
