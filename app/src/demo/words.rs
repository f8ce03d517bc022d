//! The lists of `data/demo/`: names, places, schools, professions, posts.

use super::{
    list::{List, Weighted},
    today::Shares,
};
use jiff::civil::Date;
use law::{DataSource, Faults};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything the generator reads from `data/demo/`, bodies aside.
pub struct Words {
    pub names: Names,
    pub places: Places,
    pub schools: Schools,
    pub careers: Careers,
    pub settings: Settings,
}

impl Words {
    /// Reads the files.
    pub fn read(source: &DataSource) -> Result<Words, Faults> {
        Ok(Words {
            names: source.parse("demo/names.toml")?,
            places: source.parse("demo/places.toml")?,
            schools: source.parse("demo/schools.toml")?,
            careers: source.parse("demo/professions.toml")?,
            settings: source.parse("demo/settings.toml")?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub people: List<People>,
}

/// Names of one people, and for the Kinh of one era.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    pub ethnicity: String,
    pub born_until: Option<i32>,
    pub families: Weighted<String>,
    pub male_middle: List<String>,
    pub male_given: List<String>,
    pub female_middle: List<String>,
    pub female_given: List<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    pub place: List<Place>,
    pub elsewhere: Anywhere,
    pub words: PlaceWords,
}

/// A province of the demo with its people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub old_province: String,
    pub elsewhere: u32,
    #[serde(flatten)]
    pub who: Anywhere,
}

/// Who lives somewhere.
#[derive(Clone, Deserialize)]
pub struct Anywhere {
    pub ethnicities: Weighted<String>,
    pub religions: Weighted<String>,
    pub hamlets: List<String>,
    pub regional_allowance: Vec<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    pub streets: List<String>,
    pub banks: List<String>,
    pub id_issuer_card: String,
    pub id_issuer_new_card: String,
    pub jobs: List<String>,
    pub child_jobs: List<String>,
    pub before_work: List<String>,
    pub strengths: List<String>,
    pub assessments: List<String>,
    pub merits: List<String>,
    pub violations: List<String>,
    pub houses: List<String>,
    pub visits: List<(String, String)>,
    pub research: List<String>,
    pub school_words: List<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schools {
    pub group: BTreeMap<String, SchoolGroup>,
    pub courses: Courses,
}

/// Schools of one branch by the degree they give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolGroup {
    pub dai_hoc: List<String>,
    pub cao_dang: List<String>,
    pub trung_cap: List<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courses {
    pub politics: List<String>,
    pub politics_high: List<String>,
    pub administration: List<String>,
    pub language: List<String>,
    pub it: List<String>,
    pub defence: List<String>,
    pub master_majors: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Careers {
    pub profession: Vec<Profession>,
    pub post: Vec<Post>,
}

impl Careers {
    /// The profession with this key.
    pub fn profession(&self, key: &str) -> Option<&Profession> {
        self.profession.iter().find(|profession| profession.key == key)
    }

    /// The post with this key.
    pub fn post(&self, key: &str) -> Option<&Post> {
        self.post.iter().find(|post| post.key == key)
    }
}

/// What somebody does for a living.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profession {
    pub key: String,
    pub title: String,
    pub kind: String,
    pub women: u32,
    pub party: u32,
    pub ladder: List<Rung>,
    pub raised: Vec<Raised>,
    pub degree: String,
    pub old_degree: Option<String>,
    #[serde(default)]
    pub upgrade: u32,
    #[serde(default)]
    pub specialist: u32,
    pub group: String,
    pub majors: List<String>,
    pub probation: String,
    pub method: String,
    pub field: String,
    pub work: List<String>,
    pub allowance: Option<WorkAllowance>,
    #[serde(default)]
    pub seniority: bool,
    pub course: Option<String>,
    pub management: Option<String>,
}

impl Profession {
    /// Whether people of it have a contract and no rank of their own choosing.
    pub fn is_worker(&self) -> bool {
        self.kind == "nguoi_lao_dong"
    }

    /// The first day anybody can be in it.
    pub fn since(&self) -> Date {
        day_of(&self.ladder.at(0).from)
    }
}

/// A rank code in use from a day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    pub code: String,
    pub from: toml::value::Datetime,
}

/// A higher code that some reach.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    pub code: String,
    pub after: i32,
    pub share: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkAllowance {
    #[serde(rename = "type")]
    pub kind: String,
    pub percent: i64,
    pub from: toml::value::Datetime,
}

/// A leading post.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub key: String,
    pub code: String,
    pub title: String,
    pub form: Option<String>,
    pub from: Option<toml::value::Datetime>,
    pub before: Option<String>,
    pub allowance: Option<(String, String)>,
    pub coefficient: Option<i64>,
    pub managed_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    as_of: toml::value::Datetime,
    two_level_from: toml::value::Datetime,
    pub password: String,
    pub phone_prefix: String,
    pub email_domain: String,
    pub retire_months_men: i32,
    pub retire_months_women: i32,
    pub oldest_year: i32,
    pub youngest_year: i32,
    pub incomplete: u32,
    pub evaluations_from: i32,
    pub rewards_years: i32,
    pub seniority_after_years: i32,
    posts_signed_on: toml::value::Datetime,
    pub posts_issuer: String,
    pub spare_posts: Vec<i64>,
    pub shares: Shares,
}

impl Settings {
    /// The day on which all dossiers stand.
    pub fn as_of(&self) -> Date {
        day_of(&self.as_of)
    }

    /// The day on which posts were assigned.
    pub fn posts_signed_on(&self) -> Date {
        day_of(&self.posts_signed_on)
    }

    /// Months of life after which one retires.
    pub fn retire_months(&self, man: bool) -> i32 {
        if man { self.retire_months_men } else { self.retire_months_women }
    }

    /// The same day as it is written.
    pub fn two_level_written(&self) -> toml::value::Datetime {
        self.two_level_from
    }

    /// The first day of provinces and communes alone.
    pub fn two_level_from(&self) -> Date {
        day_of(&self.two_level_from)
    }
}

/// A TOML day; a slip in a file shows as a day long ago, which the tests refuse.
pub fn day_of(written: &toml::value::Datetime) -> Date {
    written.to_string().parse().unwrap_or(Date::ZERO)
}
