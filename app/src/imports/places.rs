//! Addresses in words, coded where the words leave no choice: in the two levels since July 2025, or the three before.

use super::words::{Words, plain};
use law::{Catalogue, Item, Law};
use std::collections::HashMap;

/// An address with its codes; the words of the paper are kept beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded {
    pub(super) model: &'static str,
    pub(super) province: String,
    pub(super) district: String,
    pub(super) commune: String,
    /// What stands before the places: house, street, hamlet.
    pub(super) detail: String,
}

/// Kinds of places and how lists shorten them; longer words first, so that “thị xã” is not “xã”.
const KINDS: &[(&str, &[&str])] = &[
    ("thanh pho", &["thanh pho", "tp"]),
    ("thi tran", &["thi tran", "tt"]),
    ("thi xa", &["thi xa", "tx"]),
    ("dac khu", &["dac khu"]),
    ("phuong", &["phuong", "p"]),
    ("huyen", &["huyen", "h"]),
    ("quan", &["quan", "q"]),
    ("tinh", &["tinh", "t"]),
    ("xa", &["xa", "x"]),
];
/// The same words as they are written, before which an address without commas is cut.
const CUTS: &[&str] = &["thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"];

/// A piece of an address, or the label of a place.
struct Spoken {
    kind: &'static str,
    bare: String,
    written: String,
}

fn spoken(text: &str) -> Spoken {
    let (plain, written) = (plain(text), text.trim().to_lowercase());
    for (kind, words) in KINDS {
        let found = words.iter().find_map(|word| Some((word, plain.strip_prefix(word)?.strip_prefix(' ')?)));
        if let Some((word, bare)) = found {
            let written = written.split_whitespace().skip(word.split(' ').count()).collect::<Vec<_>>().join(" ");
            return Spoken { kind, bare: bare.to_owned(), written };
        }
    }
    Spoken { kind: "", bare: plain, written }
}

/// Places of one level by their names without diacritics.
#[derive(Default)]
struct Level<'a>(HashMap<String, Vec<(Spoken, &'a Item)>>);

impl<'a> Level<'a> {
    fn new(items: impl Iterator<Item = &'a Item>) -> Level<'a> {
        let mut level = Level::default();
        for item in items {
            let name = spoken(&item.label_vi);
            level.0.entry(name.bare.clone()).or_default().push((name, item));
        }
        level
    }

    /// Places of that name below another one; of several the one that has the same diacritics.
    fn find(&self, said: &Spoken, above: Option<(&str, &str)>) -> Vec<&'a Item> {
        let fits = |(name, item): &&(Spoken, &'a Item)| {
            let inside = above.is_none_or(|(key, code)| item.more.get(key).is_some_and(|own| own == code));
            inside && (said.kind.is_empty() || said.kind == name.kind)
        };
        let found: Vec<&(Spoken, &Item)> = self.0.get(&said.bare).into_iter().flatten().filter(fits).collect();
        let exact: Vec<&Item> = found.iter().filter(|(name, _)| name.written == said.written).map(|(_, item)| *item).collect();
        match exact.as_slice() {
            [one] => vec![one],
            _ => found.into_iter().map(|(_, item)| *item).collect(),
        }
    }
}

/// All places, ready to be found.
pub(super) struct Places<'a> {
    law: &'a Law,
    words: &'a Words,
    provinces: Level<'a>,
    communes: Level<'a>,
    old_provinces: Level<'a>,
    old_districts: Level<'a>,
    old_communes: Level<'a>,
}

/// Period of the province codes of each model.
const NEW: &str = "2025";
const OLD: &str = "2004";

impl<'a> Places<'a> {
    pub(super) fn new(law: &'a Law, words: &'a Words) -> Places<'a> {
        let all = |key: &str| law.catalogue(key).map(|list: &Catalogue| list.items.as_slice()).unwrap_or_default();
        let of =
            |period: &'static str| all("provinces").iter().filter(move |item| item.more.get("period").is_some_and(|own| own == period));
        Places {
            law,
            words,
            provinces: Level::new(of(NEW)),
            communes: Level::new(all("communes").iter()),
            old_provinces: Level::new(of(OLD)),
            old_districts: Level::new(all("districts_until_2025_06_30").iter()),
            old_communes: Level::new(all("communes_until_2025_06_30").iter()),
        }
    }

    /// The codes of an address, if one reading explains more of its words than any other.
    pub(super) fn code(&self, text: &str) -> Option<Coded> {
        let main = text.split('(').next().unwrap_or(text);
        let mut pieces = pieces(main);
        if pieces.last().is_some_and(|last| plain(last) == "viet nam") {
            pieces.pop();
        }
        match (self.two_levels(&pieces), self.three_levels(&pieces)) {
            (Some((few, _)), Some((more, coded))) if more > few => Some(coded),
            (Some((more, coded)), Some((few, _))) if more > few => Some(coded),
            (Some((_, coded)), None) | (None, Some((_, coded))) => Some(coded),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    fn province(&self, level: &Level<'a>, period: &str, text: &str) -> Vec<&'a Item> {
        let found = level.find(&spoken(text), None);
        if !found.is_empty() {
            return found;
        }
        // Short names stand for the code; which period it is of is known here.
        let Some(code) = self.words.code("provinces", text) else { return found };
        let items = self.law.catalogue("provinces").into_iter().flat_map(|list| list.with_code(code));
        items.filter(|item| item.more.get("period").is_some_and(|own| own == period)).collect()
    }

    /// Commune and province; how many pieces they explain.
    fn two_levels(&self, pieces: &[&str]) -> Option<(usize, Coded)> {
        let [detail @ .., commune, province] = pieces else { return None };
        let commune = spoken(commune);
        let pairs = self.province(&self.provinces, NEW, province).into_iter().flat_map(|province| {
            let inside = self.communes.find(&commune, Some(("province_code", &province.code)));
            inside.into_iter().map(move |commune| (province, commune))
        });
        let pairs: Vec<_> = pairs.collect();
        let [(province, commune)] = pairs.as_slice() else { return None };
        let coded = Coded {
            model: "two_level",
            province: province.code.clone(),
            district: String::new(),
            commune: commune.code.clone(),
            detail: detail.join(", "),
        };
        Some((2, coded))
    }

    /// Commune, district and province, or only the last two; how many pieces they explain.
    fn three_levels(&self, pieces: &[&str]) -> Option<(usize, Coded)> {
        let [before @ .., district, province] = pieces else { return None };
        let district = spoken(district);
        let pairs = self.province(&self.old_provinces, OLD, province).into_iter().flat_map(|province| {
            let inside = self.old_districts.find(&district, Some(("province_code", &province.code)));
            inside.into_iter().map(move |district| (province, district))
        });
        let pairs: Vec<_> = pairs.collect();
        let coded = |province: &Item, district: &Item, commune: &str, detail: &[&str]| Coded {
            model: "three_level",
            province: province.code.clone(),
            district: district.code.clone(),
            commune: commune.to_owned(),
            detail: detail.join(", "),
        };
        if let [detail @ .., commune] = before {
            let commune = spoken(commune);
            let whole = pairs.iter().flat_map(|(province, district)| {
                let inside = self.old_communes.find(&commune, Some(("district_code", &district.code)));
                inside.into_iter().map(move |commune| (*province, *district, commune))
            });
            match whole.collect::<Vec<_>>().as_slice() {
                [(province, district, commune)] => return Some((3, coded(province, district, &commune.code, detail))),
                [] => {}
                [..] => return None,
            }
        }
        let [(province, district)] = pairs.as_slice() else { return None };
        Some((2, coded(province, district, "", before)))
    }
}

/// The pieces of an address: between commas, else between dashes, else before each kind of place.
fn pieces(text: &str) -> Vec<&str> {
    let all: Vec<&str> = if text.contains([',', ';', '\n']) {
        text.split([',', ';', '\n']).collect()
    } else if text.contains(" - ") || text.contains(" – ") {
        text.split(" - ").flat_map(|part| part.split(" – ")).collect()
    } else {
        cut(text)
    };
    all.into_iter().map(|piece| piece.trim().trim_end_matches('.')).filter(|piece| !piece.is_empty()).collect()
}

/// Cuts before every kind of place that is written out.
fn cut(text: &str) -> Vec<&str> {
    let starts = text.char_indices().filter(|(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        let rest = text.get(*at..).unwrap_or_default().to_lowercase();
        let is_kind = CUTS.iter().any(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ')));
        let inside = ["thị ", "Thị ", "THỊ "].iter().any(|word| before.ends_with(word));
        (before.is_empty() || before.ends_with(' ')) && is_kind && !inside
    });
    let mut places: Vec<usize> = starts.map(|(at, _)| at).filter(|at| *at > 0).collect();
    places.push(text.len());
    let mut begin = 0;
    places.into_iter().filter_map(|end| text.get(std::mem::replace(&mut begin, end)..end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(text: &str) -> Option<Coded> {
        let law = Law::load(&law::DataSource::Embedded).unwrap();
        let words = Words::load(&law::DataSource::Embedded, &law).unwrap();
        Places::new(&law, &words).code(text)
    }

    fn labels(text: &str) -> Vec<String> {
        let law = Law::load(&law::DataSource::Embedded).unwrap();
        let Some(found) = coded(text) else { return Vec::new() };
        let period = if found.model == "two_level" { NEW } else { OLD };
        let province = law.catalogue("provinces").unwrap().with_code(&found.province);
        let province = province.into_iter().find(|item| item.more["period"] == period).unwrap().label_vi.clone();
        let communes = if period == NEW { "communes" } else { "communes_until_2025_06_30" };
        let label = |list: &str, code: &str| law.catalogue(list).unwrap().item(code).map(|item| item.label_vi.clone());
        let district = label("districts_until_2025_06_30", &found.district);
        [Some(found.detail), label(communes, &found.commune), district, Some(province)]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect()
    }

    #[test]
    fn both_models_are_found_however_kinds_are_written() {
        let old = ["Xã Mường Khoa", "Huyện Tân Uyên", "Tỉnh Lai Châu"];
        for text in [
            "Xã Mường Khoa, huyện Tân Uyên, tỉnh Lai Châu",
            "Mường Khoa, Tân Uyên, Lai Châu",
            "muong khoa - tan uyen - lai chau",
            "X. Mường Khoa, H. Tân Uyên, T. Lai Châu, Việt Nam",
            "xã Mường Khoa huyện Tân Uyên tỉnh Lai Châu",
        ] {
            assert_eq!(labels(text), old, "{text}");
        }
        assert_eq!(labels("Bản Nà Ban, xã Mường Khoa, tỉnh Lai Châu"), ["Bản Nà Ban", "Xã Mường Khoa", "Tỉnh Lai Châu"]);
        assert_eq!(labels("Số 5, P. Bến Thành, TP HCM"), ["Số 5", "Phường Bến Thành", "Thành phố Hồ Chí Minh"]);
    }

    #[test]
    fn words_that_leave_a_choice_are_only_kept() {
        // A commune and a district had the same name; a province alone; a place that is none.
        for text in ["Than Uyên, Lai Châu", "Lai Châu", "Xã Không Có, tỉnh Lai Châu", "Hoàng Liên Sơn", "", "(không rõ)"] {
            assert_eq!(coded(text), None, "{text}");
        }
        assert_eq!(labels("huyện Than Uyên, Lai Châu"), ["Huyện Than Uyên", "Tỉnh Lai Châu"]);
        assert_eq!(labels("xã Than Uyên, Lai Châu"), ["Xã Than Uyên", "Tỉnh Lai Châu"]);
    }
}
