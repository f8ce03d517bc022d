//! Signs a small PDF as signing programs do: a key, a certificate, a signature in the gap of its range.

use cms::{
    builder::{SignedDataBuilder, SignerInfoBuilder, create_signing_time_attribute},
    cert::{CertificateChoices, IssuerAndSerialNumber},
    signed_data::{EncapsulatedContentInfo, SignerIdentifier},
};
use rsa::{
    RsaPrivateKey,
    pkcs1v15::{Signature, SigningKey},
    sha2::{Digest, Sha256},
    signature::Keypair,
};
use std::str::FromStr;
use x509_cert::{
    Certificate,
    builder::{Builder, CertificateBuilder, Profile},
    der::{DateTime, Encode, asn1::ObjectIdentifier, asn1::UtcTime},
    name::Name,
    serial_number::SerialNumber,
    spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned},
    time::{Time, Validity},
};

/// Room for the signature, in hexadecimal digits.
const ROOM: usize = 16_384;

/// Somebody with a key and a certificate of their own.
pub struct Signer {
    key: SigningKey<Sha256>,
    certificate: Certificate,
}

impl Signer {
    /// A key made for this test, with a certificate for 2025 to 2027.
    pub fn new() -> Signer {
        let key = SigningKey::<Sha256>::new(RsaPrivateKey::new(&mut rand::thread_rng(), 2048).unwrap());
        let year = |year| Time::UtcTime(UtcTime::from_date_time(DateTime::new(year, 1, 1, 0, 0, 0).unwrap()).unwrap());
        let validity = Validity { not_before: year(2025), not_after: year(2028) };
        let subject = Name::from_str("CN=Văn thư Sở Y tế,O=Sở Y tế tỉnh Mẫu").unwrap();
        let own = SubjectPublicKeyInfoOwned::from_key(key.verifying_key()).unwrap();
        let builder = CertificateBuilder::new(Profile::Root, SerialNumber::from(417_u32), validity, subject, own, &key).unwrap();
        let certificate = builder.build::<Signature>().unwrap();
        Signer { key, certificate }
    }

    /// A PDF with these words, signed.
    pub fn sign(&self, words: &str) -> Vec<u8> {
        let head = format!(
            "%PDF-1.7\n1 0 obj << /Type /Catalog /AcroForm << /SigFlags 3 /Fields [2 0 R] >> /Words ({words}) >> endobj\n\
             2 0 obj << /FT /Sig /V 3 0 R >> endobj\n3 0 obj << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        );
        self.append(head)
    }

    /// Signs what is there already, as a second signature does.
    pub fn sign_again(&self, pdf: &[u8]) -> Vec<u8> {
        self.append(format!("{}4 0 obj << /Type /Sig /SubFilter /adbe.pkcs7.detached ", String::from_utf8(pdf.to_vec()).unwrap()))
    }

    fn append(&self, head: String) -> Vec<u8> {
        let tail = ">> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
        let range = |from: usize, until: usize, rest: usize| format!("/ByteRange [0 {from:010} {until:010} {rest:010}] /Contents ");
        let from = head.len() + range(0, 0, 0).len();
        let until = from + ROOM + 2;
        let before = format!("{head}{}", range(from, until, tail.len()));
        let digest = Sha256::new().chain_update(&before).chain_update(tail).finalize();
        let der = self.signature(&digest);
        let mut digits: String = der.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(digits.len() <= ROOM);
        digits.extend(std::iter::repeat_n('0', ROOM - digits.len()));
        format!("{before}<{digits}>{tail}").into_bytes()
    }

    fn signature(&self, digest: &[u8]) -> Vec<u8> {
        let content = EncapsulatedContentInfo { econtent_type: ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1"), econtent: None };
        let sha256 = AlgorithmIdentifierOwned { oid: ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"), parameters: None };
        let known = &self.certificate.tbs_certificate;
        let sid = SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: known.issuer.clone(),
            serial_number: known.serial_number.clone(),
        });
        let mut info = SignerInfoBuilder::new(&self.key, sid, sha256.clone(), &content, Some(digest)).unwrap();
        info.add_signed_attribute(create_signing_time_attribute().unwrap()).unwrap();
        let mut builder = SignedDataBuilder::new(&content);
        builder.add_digest_algorithm(sha256).unwrap();
        builder.add_certificate(CertificateChoices::Certificate(self.certificate.clone())).unwrap();
        builder.add_signer_info::<SigningKey<Sha256>, Signature>(info).unwrap();
        builder.build().unwrap().to_der().unwrap()
    }
}
