//! Passwords: kept as argon2id, checked away from the threads that serve pages.

use crate::error::{Error, Result};
use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString, rand_core::OsRng},
};
use rand::Rng;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Each check takes 19 MB and some 30 ms of a core, so only a few run at once.
static CHECKS: Semaphore = Semaphore::const_new(2);

/// Checked when the login does not exist, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("không ai cả").unwrap_or_default());

/// No letters or digits that look alike; issued passwords are read aloud and written on paper.
const ISSUED_FROM: &[u8] = b"abcdefghkmnpqrstuvwxyz23456789";
const ISSUED_LENGTH: usize = 12;

/// The fewest characters of a chosen password.
pub const LEAST: usize = 10;

/// What is stored for a password.
pub fn hash(password: &str) -> Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hashed = Argon2::default().hash_password(password.as_bytes(), &salt);
    hashed.map(|hash| hash.to_string()).map_err(|error| Error::broken(error.to_string()))
}

/// Whether the password is the one behind the stored hash; takes as long when there is none.
pub async fn matches(stored: Option<String>, typed: String) -> Result<bool> {
    let _turn = CHECKS.acquire().await.map_err(|error| Error::broken(error.to_string()))?;
    let check = move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&stored);
        known & parsed.is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok())
    };
    tokio::task::spawn_blocking(check).await.map_err(|error| Error::broken(error.to_string()))
}

/// A password to be handed over and changed at the first sign-in.
pub fn issued() -> String {
    let mut rng = rand::thread_rng();
    let letter = |_| ISSUED_FROM.get(rng.gen_range(0..ISSUED_FROM.len())).map_or('a', |byte| char::from(*byte));
    (0..ISSUED_LENGTH).map(letter).collect()
}

/// What is wrong with a chosen password, in one sentence that says what to do.
pub fn objection(chosen: &str, login: &str) -> Option<String> {
    let length = chosen.chars().count();
    if length < LEAST {
        return Some(format!("Mật khẩu có {length} ký tự, cần ít nhất {LEAST}. Một câu ngắn dễ nhớ cũng được"));
    }
    let lower = chosen.to_lowercase();
    if lower.contains(&login.to_lowercase()) {
        return Some("Mật khẩu không được chứa tên đăng nhập. Chọn một câu khác".into());
    }
    let mut letters: Vec<char> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    (letters.len() < 5).then(|| "Mật khẩu lặp lại quá ít ký tự. Dùng ít nhất 5 ký tự khác nhau".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let stored = hash("một câu dễ nhớ").unwrap();
        assert!(matches(Some(stored.clone()), "một câu dễ nhớ".into()).await.unwrap());
        assert!(!matches(Some(stored), "một câu khác".into()).await.unwrap());
        assert!(!matches(None, "không ai cả".into()).await.unwrap());
    }

    #[test]
    fn a_weak_password_gets_a_sentence() {
        assert!(objection("ngắn", "yb.van-thu").unwrap().contains("cần ít nhất"));
        assert!(objection("yb.van-thu-2026", "yb.van-thu").unwrap().contains("tên đăng nhập"));
        assert!(objection("aaaaaaaaaaaa", "x").unwrap().contains("5 ký tự"));
        assert_eq!(objection("trời hôm nay xanh", "yb.van-thu"), None);
        assert_eq!(objection(&issued(), "yb.van-thu"), None);
    }
}
