//! Any bytes in every encoding; what can be written must read back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use paper_fuzz::text::{Encoding, compose, convert, decode, detect, detect_bytes, encode, fold, is_syllable};

fuzz_target!(|bytes: &[u8]| {
    let _ = detect_bytes(bytes);
    for encoding in Encoding::ALL {
        let text = decode(encoding, bytes);
        assert_eq!(compose(&text), text, "composed");
        let _ = convert(encoding, &text);
        let _ = detect(text.split('\n'));
        let _ = is_syllable(&fold(&text));
    }
    let text = decode(Encoding::Utf8, bytes);
    if let Some(written) = encode(Encoding::Windows1258, &text) {
        assert_eq!(decode(Encoding::Windows1258, &written), text);
    }
});
