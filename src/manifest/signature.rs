//! Signatures in the form of `minisign`, so that a site can be checked with a program that is not ours.
//! Keys have no password: a build signs alone. The trusted comment carries no time, and Ed25519 draws no
//! lots, so the same manifest and key give the same bytes.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blake2::{Blake2b512, Digest};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// How the bytes of a key begin: Ed25519.
const KEY: &[u8] = b"Ed";
/// How those of a signature begin: Ed25519 over a BLAKE2b-512 of the file.
const SIGNED: &[u8] = b"ED";
/// What stands in a secret key where another would name the way its password is stretched.
const NO_PASSWORD: &[u8] = &[0, 0];
/// What stands before the comment that is signed too.
const TRUSTED: &str = "trusted comment: ";

/// A key to sign with, made by `minisign -G -W`.
#[derive(Clone)]
pub struct SecretKey {
    number: [u8; 8],
    key: SigningKey,
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The key itself is printed nowhere.
        write!(formatter, "SecretKey({:02X?})", self.number)
    }
}

/// A key to verify with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    number: [u8; 8],
    key: VerifyingKey,
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It does not have the form of one.
    NoKey,
    /// It is locked with a password.
    Locked,
}

/// Why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It does not have the form of one.
    Garbled,
    /// It was made with another key.
    OtherKey,
    /// The file is not the one that was signed.
    OtherFile,
    /// The trusted comment is not the one that was signed.
    OtherComment,
}

impl SecretKey {
    /// Reads the file of a secret key.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let bytes = decoded(text.lines().nth(1)).ok_or(Unfit::NoKey)?;
        // Two letters each for the key, the password's way and the checksum's, then salt and limits
        // of the password, number, seed, public key and checksum. The checksum is that of a password.
        let bytes: &[u8; 158] = bytes.as_slice().try_into().map_err(|_| Unfit::NoKey)?;
        if !bytes.starts_with(KEY) {
            return Err(Unfit::NoKey);
        }
        if &bytes[2..4] != NO_PASSWORD {
            return Err(Unfit::Locked);
        }
        let number = bytes[54..62].try_into().map_err(|_| Unfit::NoKey)?;
        let pair = bytes[62..126].try_into().map_err(|_| Unfit::NoKey)?;
        let key = SigningKey::from_keypair_bytes(pair).map_err(|_| Unfit::NoKey)?;
        Ok(Self { number, key })
    }
}

impl PublicKey {
    /// Reads the file of a public key, or only its second line.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let line = text.trim().lines().last();
        let bytes = decoded(line).ok_or(Unfit::NoKey)?;
        let bytes: &[u8; 42] = bytes.as_slice().try_into().map_err(|_| Unfit::NoKey)?;
        if !bytes.starts_with(KEY) {
            return Err(Unfit::NoKey);
        }
        let number = bytes[2..10].try_into().map_err(|_| Unfit::NoKey)?;
        let key = bytes[10..].try_into().map_err(|_| Unfit::NoKey)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| Unfit::NoKey)?;
        Ok(Self { number, key })
    }
}

/// The signature of a file, with a comment of one line that is signed too.
#[must_use]
pub fn sign(key: &SecretKey, bytes: &[u8], comment: &str) -> String {
    debug_assert!(!comment.contains(['\n', '\r']), "a comment is one line");
    let signature = key.key.sign(&Blake2b512::digest(bytes)).to_bytes();
    let whole = key.key.sign(&[&signature, comment.as_bytes()].concat()).to_bytes();
    let first = STANDARD.encode([SIGNED, &key.number, &signature].concat());
    let whole = STANDARD.encode(whole);
    format!("untrusted comment: signature by niemyet\n{first}\n{TRUSTED}{comment}\n{whole}\n")
}

/// Holds a signature against a file and a key; gives its comment, which can be trusted then.
pub fn verify<'s>(key: &PublicKey, bytes: &[u8], signature: &'s str) -> Result<&'s str, Flaw> {
    let mut lines = signature.lines().skip(1);
    let first = decoded(lines.next()).ok_or(Flaw::Garbled)?;
    let first: &[u8; 74] = first.as_slice().try_into().map_err(|_| Flaw::Garbled)?;
    let comment = lines.next().and_then(|line| line.strip_prefix(TRUSTED)).ok_or(Flaw::Garbled)?;
    let whole = decoded(lines.next()).ok_or(Flaw::Garbled)?;
    let whole = Signature::from_slice(&whole).map_err(|_| Flaw::Garbled)?;
    if !first.starts_with(SIGNED) {
        return Err(Flaw::Garbled);
    }
    if first[2..10] != key.number {
        return Err(Flaw::OtherKey);
    }
    let made = &first[10..];
    let signature = Signature::from_slice(made).map_err(|_| Flaw::Garbled)?;
    let holds = |bytes: &[u8], signature| key.key.verify_strict(bytes, signature).is_ok();
    if !holds(&Blake2b512::digest(bytes), &signature) {
        return Err(Flaw::OtherFile);
    }
    if !holds(&[made, comment.as_bytes()].concat(), &whole) {
        return Err(Flaw::OtherComment);
    }
    Ok(comment)
}

fn decoded(line: Option<&str>) -> Option<Vec<u8>> {
    STANDARD.decode(line?.trim_end()).ok()
}
