//! What is typed to give a consent.

use crate::form::{self, Problems};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What somebody may read who was agreed to: code of the level, words.
pub(super) const LEVELS: &[(&str, &str)] =
    &[("public-in-unit", "Phần người trong đơn vị được xem"), ("personal", "Thêm thông tin cá nhân"), ("secret", "Toàn bộ hồ sơ")];

/// A consent as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ConsentForm {
    pub(super) login: String,
    pub(super) level: String,
    pub(super) number: String,
    pub(super) signed_on: String,
    pub(super) from_on: String,
    pub(super) until_on: String,
}

/// A consent as meant.
pub(super) struct Given {
    pub(super) login: String,
    pub(super) level: String,
    pub(super) number: String,
    pub(super) signed_on: Date,
    pub(super) from_on: Date,
    pub(super) until_on: Date,
}

impl ConsentForm {
    /// What was meant, or what is missing.
    pub(super) fn check(&self, today: Date) -> Result<Given, Problems> {
        let mut problems = Problems::default();
        if self.login.trim().is_empty() {
            problems.add("login", "Nhập tên đăng nhập của tài khoản được xem");
        }
        if !LEVELS.iter().any(|(code, _)| *code == self.level) {
            problems.add("level", "Chọn phần hồ sơ được xem theo văn bản");
        }
        if self.number.trim().is_empty() {
            problems.add("number", "Nhập số, ký hiệu văn bản đồng ý, ví dụ 15/CV-SYT");
        }
        let signed_on = form::day(&self.signed_on);
        match signed_on {
            None => problems.add("signed_on", "Nhập ngày ký văn bản đồng ý, ví dụ 15/01/2026"),
            Some(day) if day > today => problems.add("signed_on", "Ngày ký văn bản không được sau hôm nay"),
            Some(_) => {}
        }
        let from_on = if self.from_on.trim().is_empty() { Some(today) } else { form::day(&self.from_on) };
        if from_on.is_none() {
            problems.add("from_on", "Nhập ngày bắt đầu được xem, ví dụ 01/12/2026");
        }
        let until_on = form::day(&self.until_on);
        match until_on {
            None => problems.add("until_on", "Nhập ngày cuối cùng được xem, ví dụ 31/12/2026"),
            Some(day) if day < today => problems.add("until_on", "Ngày cuối cùng đã qua. Nhập ngày từ hôm nay trở đi"),
            Some(day) if from_on.is_some_and(|from| day < from) => problems.add("until_on", "Ngày cuối cùng không được trước ngày bắt đầu"),
            Some(_) => {}
        }
        let given = signed_on.zip(from_on.zip(until_on)).map(|(signed_on, (from_on, until_on))| Given {
            login: self.login.trim().to_owned(),
            level: self.level.clone(),
            number: self.number.trim().to_owned(),
            signed_on,
            from_on,
            until_on,
        });
        problems.or(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_states_its_paper_and_its_last_day() {
        let today = jiff::civil::date(2026, 11, 19);
        let form = ConsentForm {
            login: "thanh-tra".into(),
            level: "personal".into(),
            number: "15/CV".into(),
            signed_on: "18/11/2026".into(),
            until_on: "30/11/2026".into(),
            ..ConsentForm::default()
        };
        let given = form.check(today).unwrap();
        assert_eq!((given.from_on, given.until_on), (today, jiff::civil::date(2026, 11, 30)));
        let wrong = ConsentForm { number: " ".into(), signed_on: "20/11/2026".into(), until_on: "18/11/2026".into(), ..form };
        let problems = wrong.check(today).err().unwrap();
        assert_eq!(problems.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["number", "signed_on", "until_on"]);
    }
}
