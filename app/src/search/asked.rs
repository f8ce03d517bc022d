//! What a list is asked for, read from the address and written back into it.

use serde::Serialize;

/// Where dossiers stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// In use: the people who are present.
    #[default]
    Present,
    /// Of people who left.
    Left,
    /// Set aside.
    Hidden,
    /// Wherever they stand.
    Any,
}

/// How full dossiers are, in percent, from and until.
pub(super) const BANDS: &[(&str, i64, i64, &str)] = &[
    ("du", 100, 100, "Đầy đủ (100 %)"),
    ("chua-du", 0, 99, "Chưa đầy đủ"),
    ("gan-du", 80, 99, "80 đến 99 %"),
    ("mot-nua", 50, 79, "50 đến 79 %"),
    ("con-it", 0, 49, "Dưới 50 %"),
];

/// One more condition on a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The column.
    pub column: String,
    /// What of it.
    pub how: How,
}

/// What is asked of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// One of these codes.
    OneOf(Vec<String>),
    /// Nothing is known.
    Missing,
    /// From and until, as typed; either may be empty.
    Between(String, String),
    /// These letters stand in it.
    Contains(String),
}

/// Where the page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// At the first row.
    #[default]
    First,
    /// Behind this dossier.
    After(i64),
    /// Before this dossier.
    Before(i64),
    /// At given names that begin with this letter.
    Letter(char),
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Part of a name, or of a number.
    pub words: String,
    /// This unit and all below.
    pub unit: Option<i64>,
    /// Kind of personnel.
    pub personnel: String,
    /// Only dossiers that differ from the paper and are not corrected yet.
    pub flagged: bool,
    /// What people count as, by the regulation in force: a group of [`crate::quotas::Rules`].
    pub group: String,
    /// Where dossiers stand.
    pub state: State,
    /// How full they are.
    pub band: String,
    /// More conditions.
    pub tests: Vec<Test>,
    /// Column by which the list is sorted; empty for the name.
    pub sort: String,
    /// Backwards.
    pub descending: bool,
    /// Where the page begins.
    pub at: At,
    /// A column for which a condition is being made.
    pub picked: String,
}

/// A field that a form carries along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Hidden {
    pub(super) name: &'static str,
    pub(super) value: String,
}

impl State {
    /// As the address says it.
    pub fn code(self) -> &'static str {
        match self {
            State::Present => "co-mat",
            State::Left => "da-di",
            State::Hidden => "an",
            State::Any => "tat-ca",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            State::Present => "Có mặt",
            State::Left => "Đã chuyển đi, nghỉ",
            State::Hidden => "Đã ẩn",
            State::Any => "Tất cả",
        }
    }

    /// As the roster keeps it; nothing for all.
    pub fn stored(self) -> Option<&'static str> {
        match self {
            State::Present => Some("active"),
            State::Left => Some("left"),
            State::Hidden => Some("hidden"),
            State::Any => None,
        }
    }

    /// Every state.
    pub const ALL: [State; 4] = [State::Present, State::Left, State::Hidden, State::Any];
}

impl Test {
    /// From `column~how~value…`.
    fn read(text: &str) -> Option<Test> {
        let mut parts = text.split('~');
        let (column, how) = (parts.next()?.to_owned(), parts.next()?);
        let mut next = || parts.next().unwrap_or_default().to_owned();
        let how = match how {
            "la" => How::OneOf(next().split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()),
            "thieu" => How::Missing,
            "tu" => How::Between(next(), next()),
            "chua" => How::Contains(next()),
            _ => return None,
        };
        let says = match &how {
            How::OneOf(codes) => !codes.is_empty(),
            How::Missing => true,
            How::Between(from, until) => !from.is_empty() || !until.is_empty(),
            How::Contains(text) => !text.is_empty(),
        };
        says.then_some(Test { column, how })
    }

    fn write(&self) -> String {
        let column = &self.column;
        match &self.how {
            How::OneOf(codes) => format!("{column}~la~{}", codes.join(",")),
            How::Missing => format!("{column}~thieu"),
            How::Between(from, until) => format!("{column}~tu~{from}~{until}"),
            How::Contains(text) => format!("{column}~chua~{text}"),
        }
    }
}

/// What the form for one more condition holds.
#[derive(Default)]
struct Draft {
    column: String,
    codes: Vec<String>,
    from: String,
    until: String,
    contains: String,
    missing: bool,
}

impl Draft {
    fn test(&self) -> Option<Test> {
        let plain = |text: &str| text.trim().replace(['~', ','], " ");
        let how = if self.missing {
            How::Missing
        } else if !self.codes.is_empty() {
            How::OneOf(self.codes.clone())
        } else if !self.from.trim().is_empty() || !self.until.trim().is_empty() {
            How::Between(self.from.trim().replace('~', ""), self.until.trim().replace('~', ""))
        } else if !self.contains.trim().is_empty() {
            How::Contains(plain(&self.contains))
        } else {
            return None;
        };
        Some(Test { column: self.column.clone(), how })
    }
}

impl Asked {
    /// From the query of an address; what it does not understand is left out.
    pub fn read(query: &str) -> Asked {
        let mut asked = Asked::default();
        let mut draft = Draft::default();
        for (name, value) in serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default() {
            match name.as_str() {
                "q" => asked.words = value.trim().chars().take(100).collect(),
                "dv" => asked.unit = value.parse().ok(),
                "loai" => asked.personnel = value,
                "nhom" => asked.group = value,
                "sl" => asked.flagged = value == "co",
                "tt" => asked.state = State::ALL.into_iter().find(|state| state.code() == value).unwrap_or_default(),
                "dd" => asked.band = BANDS.iter().find(|band| band.0 == value).map(|band| band.0.to_owned()).unwrap_or_default(),
                "loc" => asked.tests.extend(Test::read(&value)),
                "xep" => {
                    asked.descending = value.starts_with('-');
                    asked.sort = value.trim_start_matches('-').to_owned();
                }
                "sau" => asked.at = value.parse().map(At::After).unwrap_or_default(),
                "truoc" => asked.at = value.parse().map(At::Before).unwrap_or_default(),
                "chu" => asked.at = value.chars().next().map(At::Letter).unwrap_or_default(),
                "dk" => draft.column = value,
                "gt" => draft.codes.push(value),
                "tu" => draft.from = value,
                "den" => draft.until = value,
                "co" => draft.contains = value,
                "thieu" => draft.missing = true,
                _ => {}
            }
        }
        match draft.test() {
            Some(test) => asked.tests.push(test),
            None => asked.picked = draft.column,
        }
        asked.tests.dedup();
        asked
    }

    fn pairs(&self) -> Vec<Hidden> {
        let mut pairs = Vec::new();
        let mut add = |name, value: &str| {
            if !value.is_empty() {
                pairs.push(Hidden { name, value: value.to_owned() })
            }
        };
        add("q", &self.words);
        add("dv", &self.unit.map(|unit| unit.to_string()).unwrap_or_default());
        add("loai", &self.personnel);
        add("nhom", &self.group);
        add("sl", if self.flagged { "co" } else { "" });
        add("tt", if self.state == State::default() { "" } else { self.state.code() });
        add("dd", &self.band);
        self.tests.iter().for_each(|test| add("loc", &test.write()));
        pairs
    }

    /// The conditions as a query; the same list always gives the same text.
    pub fn filters(&self) -> String {
        encode(&self.pairs())
    }

    fn order(&self) -> Option<Hidden> {
        let written = format!("{}{}", if self.descending { "-" } else { "" }, self.sort);
        (!written.is_empty()).then_some(Hidden { name: "xep", value: written })
    }

    /// Whether a number is looked for, or a part of a name.
    pub(super) fn by_number(&self) -> bool {
        self.words.contains(|letter: char| letter.is_ascii_digit())
    }

    /// Conditions and order as a query, without the page.
    pub fn query(&self) -> String {
        let mut pairs = self.pairs();
        pairs.extend(self.order());
        encode(&pairs)
    }

    /// What the filter form carries along unseen: further conditions, and the order.
    pub(super) fn carried(&self) -> Vec<Hidden> {
        let mut carried: Vec<Hidden> = self.pairs().into_iter().filter(|pair| matches!(pair.name, "loc" | "nhom" | "sl")).collect();
        carried.extend(self.order());
        carried
    }

    /// Everything a form of one more condition carries along.
    pub(super) fn all(&self) -> Vec<Hidden> {
        let mut pairs = self.pairs();
        pairs.extend(self.order());
        pairs
    }

    /// The address of this list with something more in the query.
    pub(super) fn address(&self, more: &str) -> String {
        let query = self.query();
        match (query.is_empty(), more.is_empty()) {
            (true, true) => "/ho-so".to_owned(),
            (false, true) => format!("/ho-so?{query}"),
            (true, false) => format!("/ho-so?{more}"),
            (false, false) => format!("/ho-so?{query}&{more}"),
        }
    }

    /// The same list in another order.
    pub(super) fn sorted(&self, by: &str, descending: bool) -> Asked {
        Asked { sort: by.to_owned(), descending, at: At::First, picked: String::new(), ..self.clone() }
    }

    /// Whether anything but the usual is asked for.
    pub fn is_narrow(&self) -> bool {
        !self.pairs().is_empty()
    }
}

fn encode(pairs: &[Hidden]) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|pair| (pair.name, pair.value.as_str())).collect();
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_same_after_it_was_read() {
        let query = "q=thi+d&dv=7&nhom=khac&sl=co&tt=da-di&dd=du&loc=gender%7Ela%7E1%2C2&loc=born_on%7Etu%7E1970%7E&xep=-coefficient";
        let asked = Asked::read(query);
        assert_eq!(asked.query(), query);
        assert_eq!(asked.tests.len(), 2);
        assert_eq!(asked.filters(), query.rsplit_once('&').unwrap().0);
    }

    #[test]
    fn a_form_of_one_more_condition_becomes_a_condition() {
        let asked = Asked::read("dk=gender&gt=1&gt=2&loc=ethnicity~thieu");
        assert_eq!(asked.tests.len(), 2);
        assert_eq!(asked.tests[1].how, How::OneOf(vec!["1".into(), "2".into()]));
        assert_eq!(Asked::read("dk=gender").picked, "gender");
    }
}
