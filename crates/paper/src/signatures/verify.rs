//! A signature opened: its digest compared with the signed bytes, its key tried.

use super::{Integrity, Signed};
use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use rsa::{
    Pkcs1v15Sign, Pss, RsaPublicKey,
    pkcs1::DecodeRsaPublicKey,
    sha2::{Digest, Sha256, Sha384, Sha512},
};
use x509_cert::{
    Certificate,
    der::{Any, Decode, Encode, Tag, Tagged, asn1::ObjectIdentifier, asn1::OctetString},
    ext::pkix::SubjectKeyIdentifier,
    name::Name,
    time::Time,
};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
/// RSA with the usual padding, with or without the digest in the name.
const RSA: [ObjectIdentifier; 4] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13"),
];
/// Names are cut here.
const NAME: usize = 200;

/// How long the first element is with its head, from its first bytes.
pub(super) fn length(head: &[u8]) -> Option<usize> {
    let (0x30, first) = (*head.first()?, *head.get(1)?) else { return None };
    match first {
        0..=0x7f => Some(2 + usize::from(first)),
        0x81..=0x84 => {
            let bytes = head.get(2..2 + usize::from(first & 0x7f))?;
            let length = bytes.iter().fold(0_usize, |length, byte| (length << 8) | usize::from(*byte));
            length.checked_add(2 + bytes.len())
        }
        _ => None,
    }
}

/// The signature over these parts; nothing when it cannot be read.
pub(super) fn verify(der: &[u8], parts: &[&[u8]]) -> Option<Signed> {
    let content = ContentInfo::from_der(der).ok().filter(|content| content.content_type == SIGNED_DATA)?;
    let data: SignedData = content.content.decode_as().ok()?;
    let signer = data.signer_infos.0.get(0)?;
    let certificates = data.certificates.iter().flat_map(|set| set.0.iter()).filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    let Some(certificate) = certificates.into_iter().find(|certificate| is_of(&signer.sid, certificate)) else {
        return Some(Signed { signed_at: signed_at(signer), ..Signed::default() });
    };
    let integrity = match data.encap_content_info.econtent {
        // What is signed must be the file; a signature with content of its own says nothing of it.
        None => integrity(signer, certificate, parts).unwrap_or_default(),
        Some(_) => Integrity::Unknown,
    };
    let known = &certificate.tbs_certificate;
    Some(Signed {
        integrity,
        added_after: false,
        signer: named(&known.subject, COMMON_NAME),
        organisation: named(&known.subject, ORGANISATION),
        issuer: named(&known.issuer, COMMON_NAME),
        serial: known.serial_number.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect(),
        valid_from: moment(&known.validity.not_before),
        valid_until: moment(&known.validity.not_after),
        signed_at: signed_at(signer),
    })
}

/// Whether a certificate is the one that the signer names.
fn is_of(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    let known = &certificate.tbs_certificate;
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(named) => named.issuer == known.issuer && named.serial_number == known.serial_number,
        SignerIdentifier::SubjectKeyIdentifier(key) => {
            matches!(known.get::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *key)
        }
    }
}

/// Digest and key; nothing for algorithms that are not known or no longer safe.
fn integrity(signer: &SignerInfo, certificate: &Certificate, parts: &[&[u8]]) -> Option<Integrity> {
    match signer.digest_alg.oid {
        SHA256 => tried::<Sha256>(signer, certificate, parts),
        SHA384 => tried::<Sha384>(signer, certificate, parts),
        SHA512 => tried::<Sha512>(signer, certificate, parts),
        _ => None,
    }
}

/// A digest as RSA signs it.
trait Signs: Digest {
    fn usual() -> Pkcs1v15Sign;
    fn salted() -> Pss;
}

macro_rules! signs {
    ($($digest:ty),+) => { $(impl Signs for $digest {
        fn usual() -> Pkcs1v15Sign {
            Pkcs1v15Sign::new::<$digest>()
        }
        fn salted() -> Pss {
            Pss::new::<$digest>()
        }
    })+ };
}
signs!(Sha256, Sha384, Sha512);

fn tried<D: Signs>(signer: &SignerInfo, certificate: &Certificate, parts: &[&[u8]]) -> Option<Integrity> {
    let content = parts.iter().fold(D::new(), |digest, part| digest.chain_update(part)).finalize();
    let hashed = match &signer.signed_attrs {
        None => content,
        Some(attributes) => {
            let stated = attribute(signer, MESSAGE_DIGEST)?.decode_as::<OctetString>().ok()?;
            if stated.as_bytes() != content.as_slice() {
                return Some(Integrity::Broken);
            }
            D::digest(attributes.to_der().ok()?)
        }
    };
    let key = certificate.tbs_certificate.subject_public_key_info.subject_public_key.as_bytes()?;
    let key = RsaPublicKey::from_pkcs1_der(key).ok()?;
    let signature = signer.signature.as_bytes();
    let held = match signer.signature_algorithm.oid {
        RSA_PSS => key.verify(D::salted(), &hashed, signature),
        known if RSA.contains(&known) => key.verify(D::usual(), &hashed, signature),
        _ => return None,
    };
    Some(if held.is_ok() { Integrity::Intact } else { Integrity::Broken })
}

fn attribute(signer: &SignerInfo, oid: ObjectIdentifier) -> Option<&Any> {
    signer.signed_attrs.as_ref()?.iter().find(|attribute| attribute.oid == oid)?.values.get(0)
}

fn signed_at(signer: &SignerInfo) -> Option<i64> {
    moment(&Time::from_der(&attribute(signer, SIGNING_TIME)?.to_der().ok()?).ok()?)
}

fn moment(time: &Time) -> Option<i64> {
    i64::try_from(time.to_unix_duration().as_secs()).ok()
}

/// One part of a name, in whatever letters it is kept.
fn named(name: &Name, oid: ObjectIdentifier) -> String {
    let part = name.0.iter().flat_map(|set| set.0.iter()).find(|part| part.oid == oid);
    let Some(value) = part.map(|part| &part.value) else { return String::new() };
    let text = match value.tag() {
        Tag::BmpString => {
            let units: Vec<u16> =
                value.value().chunks_exact(2).map(|pair| pair.iter().fold(0, |unit, byte| (unit << 8) | u16::from(*byte))).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(value.value()).into_owned(),
    };
    text.chars().filter(|letter| !letter.is_control()).take(NAME).collect()
}
