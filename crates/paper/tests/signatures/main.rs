//! Signatures in a PDF: those that hold, those that do not, and files made to mislead.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is not as expected fails the test")]

mod making;

use making::Signer;
use paper::signatures::{Integrity, Signed, signatures};
use std::sync::LazyLock;

static SIGNER: LazyLock<Signer> = LazyLock::new(Signer::new);

fn one(pdf: &[u8]) -> Signed {
    let found = signatures(pdf);
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

/// Replaces the first of these bytes.
fn altered(pdf: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = pdf.windows(from.len()).position(|window| window == from).unwrap();
    [&pdf[..at], to, &pdf[at + from.len()..]].concat()
}

#[test]
fn a_signature_that_holds_says_who_signed_and_until_when_the_certificate_holds() {
    let found = one(&SIGNER.sign("Quyet dinh 26"));
    assert_eq!((found.integrity, found.added_after), (Integrity::Intact, false));
    assert_eq!((found.signer.as_str(), found.organisation.as_str()), ("Văn thư Sở Y tế", "Sở Y tế tỉnh Mẫu"));
    assert_eq!((found.issuer.as_str(), found.serial.as_str()), ("Văn thư Sở Y tế", "01A1"));
    // 2025-01-01 and 2028-01-01.
    assert_eq!((found.valid_from, found.valid_until), (Some(1_735_689_600), Some(1_830_297_600)));
    assert!(found.signed_at.is_some());
}

#[test]
fn one_changed_letter_breaks_it() {
    let pdf = SIGNER.sign("Quyet dinh 26");
    assert_eq!(one(&altered(&pdf, b"Quyet dinh 26", b"Quyet dinh 27")).integrity, Integrity::Broken);
}

#[test]
fn the_signature_of_another_file_breaks_it() {
    let (one_pdf, other) = (SIGNER.sign("Quyet dinh 26"), SIGNER.sign("Quyet dinh 99"));
    let gap = |pdf: &[u8]| pdf.windows(11).position(|part| part == b"/Contents <").unwrap() + 11;
    let (from, until) = (gap(&one_pdf), gap(&one_pdf) + 16_384);
    let swapped = [&one_pdf[..from], &other[from..until], &one_pdf[until..]].concat();
    assert_eq!(one(&swapped).integrity, Integrity::Broken);
}

#[test]
fn what_was_added_after_is_said_and_a_second_signature_covers_the_first() {
    let pdf = SIGNER.sign("Quyet dinh 26");
    let added = [&pdf[..], b"9 0 obj << /New (page) >> endobj\n%%EOF\n"].concat();
    let found = one(&added);
    assert_eq!((found.integrity, found.added_after), (Integrity::Intact, true));
    let twice = signatures(&SIGNER.sign_again(&pdf));
    let seen: Vec<(Integrity, bool)> = twice.iter().map(|one| (one.integrity, one.added_after)).collect();
    assert_eq!(seen, [(Integrity::Intact, true), (Integrity::Intact, false)]);
}

#[test]
fn a_file_without_signature_has_none() {
    assert!(signatures(b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF").is_empty());
    assert!(signatures(b"").is_empty());
}

#[test]
fn nothing_hostile_is_taken_for_a_signature_or_stops_the_program() {
    let pdf = SIGNER.sign("Quyet dinh 26");
    // A range that does not begin at the start, overlaps, ends behind the file or overflows is none.
    for range in
        ["[5 10 20 30]", "[0 20 10 5]", "[0 10 20 99999999]", "[0 10 18446744073709551615 20]", "[0 1 2]", "[0 1 2 3 4]", "[-1 2 3 4]", "["]
    {
        let forged = format!("%PDF-1.7 /ByteRange {range} /Contents <30>%%EOF");
        assert!(signatures(forged.as_bytes()).is_empty(), "{range} was taken");
    }
    // A gap with more in it than the signature hides what was not signed.
    let wide = altered(&pdf, b"/Contents <", b"/Contents (");
    assert_eq!(one(&wide).integrity, Integrity::Unknown);
    // Rubbish in the gap is a signature that nobody understands.
    for rubbish in [&b"zz"[..], b"3084ffffffff", b"3080", b"30820001", b""] {
        let body = String::from_utf8_lossy(rubbish).into_owned();
        let head = "%PDF-1.7 /ByteRange [0 0000000060 0000000900 0000000010] ";
        let from = format!("{head:<60}");
        let gap = format!("<{body:0<838}>");
        let forged = format!("{from}{gap}%%EOF     ");
        assert_eq!(one(forged.as_bytes()).integrity, Integrity::Unknown, "{body}");
    }
    // Cut anywhere, and with any byte of the signature turned, it ends.
    let from = pdf.windows(11).position(|part| part == b"/Contents <").unwrap() + 11;
    for at in (0..pdf.len()).step_by(997) {
        signatures(&pdf[..at]);
    }
    for at in (from..from + 3_000).step_by(37) {
        let mut turned = pdf.clone();
        turned[at] = if turned[at] == b'0' { b'f' } else { b'0' };
        assert!(signatures(&turned).len() <= 1);
    }
    // Very many ranges are not all looked at.
    assert!(signatures("/ByteRange [0 1 2 3]".repeat(10_000).as_bytes()).len() <= 20);
}
