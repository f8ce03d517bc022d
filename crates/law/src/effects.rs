//! What a decision does to the dossier of each person it names.

use crate::{
    Law,
    data::{DataSource, Fault},
    dossier::{Kind, Section},
};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) const FILE: &str = "dossier/effects.toml";
/// The section in which decisions stand, whose facts effects take.
const DECISIONS: &str = "decisions";
/// The fact that effects take of the unit to which people go.
pub const RECEIVING_UNIT: &str = "receiving_unit";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EffectsFile {
    effect: Vec<Effect>,
}

/// An effect that decisions of some types may have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Its key.
    pub key: String,
    /// Name on screen.
    pub label_vi: String,
    /// Codes of the types of decisions that may have it.
    pub types: Vec<String>,
    /// The section whose fields are asked.
    pub section: String,
    /// Fields asked, once for all or for each person.
    pub asked: Vec<String>,
    /// Clauses that name these decisions.
    pub articles: Vec<String>,
    /// What it is among the acts that gates refuse.
    pub acts: Vec<String>,
    /// What is written.
    #[serde(default)]
    pub write: Vec<EffectWrite>,
    /// The dossier goes to another unit, which is asked: where the people work from then on.
    #[serde(default)]
    pub to_unit: bool,
    /// The people leave: the status, as terms of leaving name it.
    pub leaves: Option<String>,
}

/// What is written into one section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectWrite {
    /// The section.
    pub section: String,
    /// Into which row.
    #[serde(rename = "as")]
    pub into: Into,
    /// Fields that take what was typed, under the same name.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Fields that take a fact of the decision.
    #[serde(default)]
    pub from: BTreeMap<String, String>,
    /// The field that names the decision.
    pub decision: Option<String>,
    /// Fields with one value.
    #[serde(default)]
    pub fixed: BTreeMap<String, String>,
    /// Fields that no longer hold; a name that follows from a code is filled in anew.
    #[serde(default)]
    pub clear: Vec<String>,
}

/// The row that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Into {
    /// A new row of a list.
    Row,
    /// The record of a single section.
    Record,
    /// The newest row of a list.
    Latest,
}

pub(crate) fn read(source: &DataSource) -> Result<Vec<Effect>, Fault> {
    Ok(source.parse::<EffectsFile>(FILE)?.effect)
}

/// Sections, fields and codes that the effects name must exist and fit.
pub(crate) fn check(law: &Law, faults: &mut Vec<Fault>) {
    let mut say = |key: &str, reason: String| faults.push(Fault::new(FILE, key, reason));
    let types = law.catalogue("decision_types");
    let decisions = law.section(DECISIONS);
    for effect in &law.effects {
        let key = effect.key.as_str();
        for code in effect.types.iter().filter(|code| types.is_none_or(|list| list.item(code).is_none())) {
            say(key, format!("không có loại quyết định {code}"));
        }
        for article in effect.articles.iter().filter(|article| law.article(article).next().is_none()) {
            say(key, format!("không có điều khoản {article}"));
        }
        let refused = |act: &String| law.regulations.iter().flat_map(|regulation| &regulation.gates).any(|gate| gate.blocks.contains(act));
        for act in effect.acts.iter().filter(|act| !refused(act)) {
            say(key, format!("không quy chế nào chặn {act}"));
        }
        if effect.write.is_empty() && effect.leaves.is_none() {
            say(key, "không ghi gì vào hồ sơ".into());
        }
        let leaves =
            |word: &String| law.regulations.iter().flat_map(|regulation| &regulation.deadlines).any(|term| term.statuses.contains(word));
        if let Some(word) = effect.leaves.as_ref().filter(|word| !leaves(word)) {
            say(key, format!("không quy chế nào có thời hạn cho {word}"));
        }
        let Some(main) = law.section(&effect.section) else {
            say(key, format!("không có mục {}", effect.section));
            continue;
        };
        for field in &effect.asked {
            match main.field(field).map(|field| field.kind) {
                None => say(key, format!("không có trường {}.{field}", effect.section)),
                Some(Kind::Address | Kind::Decision | Kind::File) => say(key, format!("{field} không hỏi được ở đây")),
                Some(_) if decisions.is_some_and(|section| section.field(field).is_some()) => {
                    say(key, format!("{field} trùng tên với một trường của quyết định"));
                }
                Some(_) => {}
            }
        }
        for write in &effect.write {
            match law.section(&write.section) {
                None => say(key, format!("không có mục {}", write.section)),
                Some(section) => check_write(effect, write, section, decisions, &mut |reason| say(key, reason)),
            }
        }
    }
    crate::check::refuse_doubles(FILE, law.effects.iter().map(|effect| effect.key.as_str()), faults);
}

fn check_write(effect: &Effect, write: &EffectWrite, section: &Section, decisions: Option<&Section>, say: &mut impl FnMut(String)) {
    if section.is_single() != (write.into == Into::Record) {
        say(format!("{}: một mục đơn ghi vào record, một danh sách ghi vào row hoặc latest", section.key));
    }
    let named = write.asked.iter().chain(write.from.keys()).chain(write.fixed.keys()).chain(&write.clear).chain(&write.decision);
    for field in named.filter(|field| section.field(field).is_none()) {
        say(format!("không có trường {}.{field}", section.key));
    }
    for field in write.asked.iter().filter(|field| !effect.asked.contains(field)) {
        say(format!("{field} được ghi mà không được hỏi"));
    }
    let is_unit = |fact: &&String| effect.to_unit && *fact == RECEIVING_UNIT;
    let facts = write.from.values().filter(|fact| !is_unit(fact));
    for fact in facts.filter(|fact| decisions.is_none_or(|section| section.field(fact).is_none())) {
        say(format!("quyết định không có {fact}"));
    }
    if let Some(field) = write.decision.as_ref().and_then(|field| section.field(field))
        && field.kind != Kind::Decision
    {
        say(format!("{} không phải trường quyết định", field.key));
    }
}

impl Law {
    /// The clauses of one regulation that name the decisions of an effect.
    pub fn articles_of_effect(&self, effect: &Effect, regulation: &str) -> Vec<String> {
        let inside = |article: &&String| self.article(article).next().is_some_and(|clause| clause.regulation == regulation);
        effect.articles.iter().filter(inside).cloned().collect()
    }

    /// The effect with this key.
    pub fn effect(&self, key: &str) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.key == key)
    }

    /// Effects that a decision of a type may have.
    pub fn effects_of<'a>(&'a self, decision_type: &'a str) -> impl Iterator<Item = &'a Effect> {
        self.effects.iter().filter(move |effect| effect.types.iter().any(|code| code == decision_type))
    }
}
