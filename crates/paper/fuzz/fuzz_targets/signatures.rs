//! Any bytes as a signed PDF, and as the signature in the gap of one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper_fuzz::signatures::signatures;

const HEAD: &str = "%PDF-1.7\n1 0 obj << /Type /Sig /SubFilter /adbe.pkcs7.detached ";
const TAIL: &str = ">> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

/// A PDF with these bytes where its signature belongs.
fn signed_with(signature: &[u8]) -> Vec<u8> {
    let digits: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let range = |from: usize, until: usize| format!("{HEAD}/ByteRange [0 {from:010} {until:010} {:010}] /Contents ", TAIL.len());
    let from = range(0, 0).len();
    format!("{}<{digits}>{TAIL}", range(from, from + digits.len() + 2)).into_bytes()
}

fuzz_target!(|bytes: &[u8]| {
    let _ = signatures(bytes);
    // The signature of a real file is found here, or this would try nothing.
    assert_eq!(signatures(&signed_with(bytes)).len(), 1);
});
