//! Who is in the file already, who has a dossier already, and what becomes of each row.

use super::{
    model::{Choice, Mode},
    queries::Known,
    reading::Remark,
};
use std::collections::{BTreeMap, HashMap};

/// What becomes of a row, if its cells are in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A new dossier.
    Create,
    /// Into this dossier.
    Update(i64),
    /// Left out, and why.
    Skip(String),
    /// Cannot be written, and why.
    Refuse(Remark),
}

/// By what a person is recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) row: usize,
    /// Personal number; empty without one.
    pub(super) number: String,
    /// Name without diacritics.
    pub(super) name: String,
    /// Birth date as stored; empty without one.
    pub(super) born: String,
    /// Columns of number and name.
    pub(super) columns: (Option<usize>, Option<usize>),
}

/// What is known of the people of a file.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    /// Dossiers inside the area by personal number.
    pub(super) by_number: HashMap<String, Known>,
    /// Dossiers inside the area by name without diacritics.
    pub(super) by_name: HashMap<String, Vec<Known>>,
    /// Numbers of active dossiers anywhere.
    pub(super) taken: std::collections::HashSet<String>,
}

/// A row that is somebody who is there already, as people are asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Double {
    pub(super) sentence: String,
    pub(super) may_create: bool,
    pub(super) may_update: bool,
}

/// The fate of every row, and what people may decide about some of them.
#[derive(Debug, Default)]
pub(super) struct Fates {
    pub(super) of: HashMap<usize, Fate>,
    pub(super) doubles: BTreeMap<usize, Double>,
}

/// Decides for every row.
pub(super) fn decide(keys: &[Key], known: &Recognised, mode: Mode, choices: &BTreeMap<usize, Choice>) -> Fates {
    let mut fates = Fates::default();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut names: HashMap<(&str, &str), &Key> = HashMap::new();
    for key in keys {
        let choice = choices.get(&key.row).copied();
        let earlier = match key.number.is_empty() {
            false => numbers.get(key.number.as_str()).map(|row| (*row, true)),
            true => None,
        };
        let same_name = names.get(&(key.name.as_str(), key.born.as_str())).copied();
        let namesake = same_name.filter(|other| !key.born.is_empty() && (key.number.is_empty() || other.number.is_empty()));
        let fate = match earlier.or_else(|| namesake.map(|other| (other.row, false))) {
            Some((row, by_number)) => {
                let what = if by_number { "số định danh" } else { "tên và ngày sinh" };
                let sentence = format!("Trùng {what} với dòng {}", row + 1);
                let double = Double { sentence: sentence.clone(), may_create: !by_number, may_update: false };
                fates.doubles.insert(key.row, double);
                match choice {
                    Some(Choice::Create) if !by_number => existing(key, known, mode, None, &mut fates),
                    _ => Fate::Skip(sentence),
                }
            }
            None => existing(key, known, mode, choice, &mut fates),
        };
        if !key.number.is_empty() {
            numbers.entry(&key.number).or_insert(key.row);
        }
        if !key.name.is_empty() {
            names.entry((&key.name, &key.born)).or_insert(key);
        }
        fates.of.insert(key.row, fate);
    }
    fates
}

/// What becomes of somebody who stands in the file once.
fn existing(key: &Key, known: &Recognised, mode: Mode, choice: Option<Choice>, fates: &mut Fates) -> Fate {
    if let Some(found) = known.by_number.get(&key.number).filter(|_| !key.number.is_empty()) {
        let sentence = format!("Số định danh này đã có hồ sơ tại {}", found.unit_name);
        return settle(key, found, sentence, false, mode, choice, fates);
    }
    if !key.number.is_empty() && known.taken.contains(&key.number) {
        let sentence =
            "Số định danh này đang có ở một hồ sơ hoạt động ngoài phạm vi được giao. Đề nghị nơi đang quản lý điều chuyển hồ sơ".into();
        return Fate::Refuse(Remark { column: key.columns.0, sentence });
    }
    let same = known.by_name.get(&key.name).map(Vec::as_slice).unwrap_or_default();
    let alike = |other: &&Known| {
        let born =
            !key.born.is_empty() && (other.born.starts_with(&key.born) || key.born.starts_with(&other.born)) && !other.born.is_empty();
        born && (key.number.is_empty() || other.number.is_empty())
    };
    let alike: Vec<&Known> = same.iter().filter(alike).collect();
    match alike.as_slice() {
        [] => match (mode.creates(), choice) {
            (_, Some(Choice::Skip)) => Fate::Skip("bỏ qua theo lựa chọn".into()),
            (true, _) => Fate::Create,
            (false, _) => Fate::Skip("chưa có hồ sơ để cập nhật".into()),
        },
        [one] => {
            let sentence = format!("Trùng tên, ngày sinh với một hồ sơ tại {}", one.unit_name);
            settle(key, one, sentence, true, mode, choice, fates)
        }
        [first, ..] => {
            let sentence =
                format!("Trùng tên, ngày sinh với {} hồ sơ, có hồ sơ tại {}. Ghi số định danh để phân biệt", alike.len(), first.unit_name);
            fates.doubles.insert(key.row, Double { sentence: sentence.clone(), may_create: true, may_update: false });
            match choice {
                Some(Choice::Create) => Fate::Create,
                Some(Choice::Update | Choice::Skip) | None => Fate::Skip(sentence),
            }
        }
    }
}

fn settle(key: &Key, found: &Known, sentence: String, may_create: bool, mode: Mode, choice: Option<Choice>, fates: &mut Fates) -> Fate {
    fates.doubles.insert(key.row, Double { sentence: sentence.clone(), may_create, may_update: true });
    match choice {
        Some(Choice::Update) => Fate::Update(found.dossier_id),
        Some(Choice::Create) if may_create => Fate::Create,
        Some(Choice::Skip) => Fate::Skip(sentence),
        Some(Choice::Create) | None if mode.updates() => Fate::Update(found.dossier_id),
        Some(Choice::Create) | None => Fate::Skip(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(row: usize, number: &str, name: &str, born: &str) -> Key {
        Key { row, number: number.into(), name: name.into(), born: born.into(), columns: (Some(4), Some(1)) }
    }

    fn known() -> Recognised {
        let mai = Known {
            dossier_id: 7,
            number: "015190000001".into(),
            name: "lo thi mai".into(),
            born: "1990-02-28".into(),
            unit_name: "Sở Y tế".into(),
        };
        let mut known = Recognised::default();
        known.by_number.insert(mai.number.clone(), mai.clone());
        known.by_name.insert(mai.name.clone(), vec![mai]);
        known.taken.insert("015190000001".into());
        known.taken.insert("015085000002".into());
        known
    }

    #[test]
    fn a_person_twice_in_the_file_is_written_once() {
        let keys = [key(10, "015188990185", "nguyen thi dung", "1988"), key(31, "015188990185", "nguyen thi dung", "1988")];
        let fates = decide(&keys, &Recognised::default(), Mode::Create, &BTreeMap::new());
        assert_eq!(fates.of[&10], Fate::Create);
        assert_eq!(fates.of[&31], Fate::Skip("Trùng số định danh với dòng 11".into()));
    }

    #[test]
    fn a_person_with_a_dossier_is_updated_or_left_out_by_mode_and_choice() {
        let keys = [key(3, "015190000001", "lo thi mai", "1990-02-28")];
        let fate = |mode, choices: &[(usize, Choice)]| decide(&keys, &known(), mode, &choices.iter().copied().collect()).of[&3].clone();
        assert_eq!(fate(Mode::Update, &[]), Fate::Update(7));
        assert!(matches!(fate(Mode::Create, &[]), Fate::Skip(reason) if reason.contains("Sở Y tế")));
        assert_eq!(fate(Mode::Create, &[(3, Choice::Update)]), Fate::Update(7));
        assert!(matches!(fate(Mode::Both, &[(3, Choice::Skip)]), Fate::Skip(_)));
    }

    #[test]
    fn somebody_active_elsewhere_is_refused_without_saying_where() {
        let keys = [key(3, "015085000002", "nguyen duc an", "1985-03-14")];
        match &decide(&keys, &known(), Mode::Both, &BTreeMap::new()).of[&3] {
            Fate::Refuse(remark) => assert!(remark.sentence.contains("điều chuyển") && !remark.sentence.contains("Tài chính")),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn without_numbers_name_and_birth_date_recognise_a_person() {
        let keys = [key(3, "", "lo thi mai", "1990")];
        assert_eq!(decide(&keys, &known(), Mode::Both, &BTreeMap::new()).of[&3], Fate::Update(7));
        let other = [key(3, "015190000009", "lo thi mai", "1990-02-28")];
        assert_eq!(decide(&other, &known(), Mode::Both, &BTreeMap::new()).of[&3], Fate::Create);
    }
}
