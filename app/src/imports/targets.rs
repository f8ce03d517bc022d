//! Which fields a sheet may fill, and what each column of a sheet probably means.

use super::words::{Spoken, Target, Words, plain};
use crate::dossiers::OwnField;
use law::{Field, FieldRef, Kind, Law, Section, Sensitivity};
use paper::sheet::ColumnGuess;
use serde::Serialize;

/// List sections of which a row of a sheet may give one row.
const LISTS: &[&str] = &["identity_documents", "degree_history"];

/// How certain a guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Certainty {
    /// The heading is known.
    Sure,
    /// Part of the heading is known, or the values look like it.
    Guess,
    /// Nothing is known.
    Unknown,
}

/// What a column probably means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guess {
    pub(super) target: Target,
    pub(super) certainty: Certainty,
}

/// A group of choices for a column.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choices {
    pub(super) label: String,
    pub(super) options: Vec<(String, String)>,
}

/// Whether a sheet may fill a field: secrets are written by hand only, files have no place in a cell.
pub(super) fn is_open(field: &Field) -> bool {
    field.sensitivity < Sensitivity::Secret && !matches!(field.kind, Kind::File | Kind::Decision)
}

/// Whether a row of a sheet may give a row of a section.
pub(super) fn takes(section: &Section) -> bool {
    section.is_single() || LISTS.contains(&section.key.as_str())
}

/// Everything a column can be mapped to, by section; own fields behind those of the form.
pub(super) fn choices(law: &Law, words: &Words, own: &[OwnField]) -> Vec<Choices> {
    let mut groups = vec![Choices { label: "Chung".into(), options: Target::special().collect() }];
    for section in law.sections.iter().filter(|section| takes(section)) {
        let fields = section.fields.iter().filter(|field| is_open(field));
        let mut options: Vec<(String, String)> =
            fields.map(|field| (format!("{}.{}", section.key, field.key), field.label_vi.clone())).collect();
        let named = own.iter().filter(|own| own.section == section.key && is_open(&own.field));
        options.extend(named.map(|own| (format!("{}.{}", section.key, own.column.name), format!("{} (riêng)", own.field.label_vi))));
        let ticks = words.headings.iter().map(|(target, _)| target);
        let ticks = ticks.filter(|target| matches!(target, Target::Tick(at, _) if at.section == section.key));
        options.extend(ticks.map(|target| (target.code(), target.label(law, own))));
        if !options.is_empty() {
            groups.push(Choices { label: section.label_vi.clone(), options });
        }
    }
    groups
}

/// Guesses the meaning of every column; no field is guessed twice.
pub(super) fn guess(law: &Law, words: &Words, own: &[OwnField], columns: &[ColumnGuess], is_unit: &dyn Fn(&str) -> bool) -> Vec<Guess> {
    let mut scored: Vec<(u32, Target)> = columns.iter().map(|column| best(words, column)).collect();
    split_names(columns, &mut scored);
    for (place, column) in columns.iter().enumerate() {
        let Some((score, target)) = scored.get_mut(place) else { continue };
        if let Some(named) = by_own(own, column).filter(|_| *score < SURE) {
            (*score, *target) = (SURE, named);
        }
        let unit_text = matches!(target, Target::Field(at) if at.section == "current_position" && at.field == "unit");
        if unit_text && !column.samples.is_empty() && column.samples.iter().all(|sample| is_unit(sample)) {
            *target = Target::Unit;
        }
        if *score == 0 {
            (*score, *target) = by_samples(law, column);
        }
    }
    let taken: Vec<(u32, Target)> = scored.clone();
    let better = |place: usize, score: u32, target: &Target| {
        let same = taken.iter().enumerate().filter(|(other, (_, found))| *other != place && found == target);
        !target.repeats() && same.into_iter().any(|(other, (found, _))| *found > score || (*found == score && other < place))
    };
    let settle = |(place, (score, target)): (usize, (u32, Target))| match score {
        0 => Guess { target: Target::Skip, certainty: Certainty::Unknown },
        _ if better(place, score, &target) => Guess { target: Target::Skip, certainty: Certainty::Unknown },
        SURE.. => Guess { target, certainty: Certainty::Sure },
        _ => Guess { target, certainty: Certainty::Guess },
    };
    scored.into_iter().enumerate().map(settle).collect()
}

const SURE: u32 = 1000;
/// Letters of a word that means something else with other diacritics.
const SHORT: usize = 3;

/// The target whose words fit the headings of a column best.
fn best(words: &Words, column: &ColumnGuess) -> (u32, Target) {
    let path: Vec<String> =
        column.heading.iter().flat_map(|heading| heading.split('›')).map(plain).filter(|text| !text.is_empty()).collect();
    let bare: Vec<String> = column.heading.iter().flat_map(|heading| heading.split('›')).map(|text| plain(&unbracketed(text))).collect();
    let written = column.heading.last().and_then(|heading| heading.split('›').next_back()).unwrap_or_default().trim().to_lowercase();
    let mut found = (0, Target::Skip);
    for (target, spoken) in &words.headings {
        for path in [&path, &bare] {
            let meant = spoken.iter().filter(|spoken| is_meant(spoken, &written));
            let score = meant.map(|spoken| score(spoken, path)).max().unwrap_or(0);
            if score > found.0 {
                found = (score, target.clone());
            }
        }
    }
    found
}

/// Among short words diacritics tell “Năm” from “Nam”, if the heading has any.
fn is_meant(spoken: &Spoken, written: &str) -> bool {
    spoken.leaf.len() > SHORT || written.is_ascii() || plain(written) != spoken.leaf || written == spoken.written
}

/// How well a way of writing fits: the longer the words in common, the better.
fn score(spoken: &Spoken, path: &[String]) -> u32 {
    let Some((leaf, above)) = path.split_last() else { return 0 };
    let outer = above.join(" ");
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
    match &spoken.outer {
        Some(wanted) => match has(&outer, wanted) && (*leaf == spoken.leaf) {
            true => SURE + 500 + length(wanted) + length(leaf),
            false => 0,
        },
        None if above.is_empty() && *leaf == spoken.leaf => SURE + 400 + length(leaf),
        None if path.join(" ") == spoken.leaf => SURE + 400 + length(&spoken.leaf),
        None if *leaf == spoken.leaf && length(leaf) > 3 => SURE + length(leaf),
        None if *leaf == spoken.leaf => 300 + length(leaf),
        None if length(&spoken.leaf) > 4 && leaf.starts_with(&format!("{} ", spoken.leaf)) => 200 + length(&spoken.leaf),
        None if length(&spoken.leaf) > 6 && has(leaf, &spoken.leaf) => 100 + length(&spoken.leaf),
        None => 0,
    }
}

/// Whether whole words stand in a text.
fn has(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

fn unbracketed(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => return Some(c),
            _ => {}
        }
        None
    };
    text.chars().filter_map(keep).collect()
}

/// A heading over two columns side by side: family names, then the given name.
fn split_names(columns: &[ColumnGuess], scored: &mut [(u32, Target)]) {
    let is_name = |target: &Target| matches!(target, Target::Field(at) if at.section == "identity" && at.field == "full_name");
    let place = columns.windows(2).zip(scored.windows(2)).position(|(columns, scored)| match (columns, scored) {
        ([first, second], [(_, one), (_, two)]) => {
            is_name(one) && is_name(two) && first.heading == second.heading && second.samples.iter().all(|name| !name.contains(' '))
        }
        _ => false,
    });
    let Some(place) = place else { return };
    for (offset, target) in [Target::FamilyName, Target::GivenName].into_iter().enumerate() {
        if let Some(slot) = scored.get_mut(place + offset) {
            slot.1 = target;
        }
    }
}

/// The own field that a column is called after.
fn by_own(own: &[OwnField], column: &ColumnGuess) -> Option<Target> {
    let leaf = plain(column.heading.last()?.split('›').next_back()?);
    let named = own.iter().find(|own| is_open(&own.field) && plain(&own.field.label_vi) == leaf)?;
    FieldRef::try_from(format!("{}.{}", named.section, named.column.name)).ok().map(Target::Field)
}

/// Without a known heading, only what has the shape of a personal number is recognised.
fn by_samples(law: &Law, column: &ColumnGuess) -> (u32, Target) {
    let rule = &law.checks.personal_number;
    let lengths = law.checks.number.iter().find(|number| number.at == rule.at).map(|number| number.lengths.clone()).unwrap_or_default();
    let fits = |sample: &String| lengths.contains(&sample.len()) && sample.bytes().all(|byte| byte.is_ascii_digit());
    match !column.samples.is_empty() && column.samples.iter().all(fits) {
        true => (50, Target::Field(rule.at.clone())),
        false => (0, Target::Skip),
    }
}
