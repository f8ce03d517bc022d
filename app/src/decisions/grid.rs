//! The effect of a decision as it is typed: once for all, otherwise for each person, with what changes in each dossier.

use super::{
    draft::{Draft, Facts},
    effects::{self, Difference, Plan},
    queries::Candidate,
};
use crate::{
    App,
    dossiers::{Html, Inputs, Shape, Typed},
    error::Result,
    form::{Problems, show_day},
};
use law::{Effect, Kind, Sensitivity};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};
use vault::Read;

/// Code lists up to this length are chosen from; longer ones take the code or its words.
const CHOICES: usize = 60;

/// A field that may differ from person to person.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) label: String,
    /// Codes and labels; empty where it is typed.
    pub(super) choices: Vec<(String, String)>,
}

/// What is typed for one person in one column.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Cell {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) problem: Option<String>,
}

/// The effect on the page.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Shown {
    pub(super) label: String,
    /// The fields for all, as HTML.
    pub(super) fields: String,
    pub(super) columns: Vec<Column>,
    /// The day on which it takes effect, when that lies ahead.
    pub(super) later: Option<String>,
    /// What the differences on the page are, in a few letters.
    pub(super) seen: String,
    pub(super) articles: Vec<String>,
    /// Units to which the people may go, and the one chosen.
    pub(super) units: Vec<(i64, String)>,
    pub(super) unit: Option<i64>,
    /// The article of the gate that a written order passes, and that order.
    pub(super) relief_article: Option<String>,
    pub(super) relief: String,
}

/// One person's part of the grid.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) differences: Vec<Difference>,
    pub(super) problem: Option<String>,
}

/// What was typed for one person: their own words, else those for all.
pub(super) fn typed_for(effect: &Effect, draft: &Draft, place: usize) -> Typed {
    let own = |field: &String| draft.typed.get(&format!("{field}-{place}")).filter(|text| !text.trim().is_empty());
    let words = effect.asked.iter().filter_map(|field| Some((field.clone(), own(field).or_else(|| draft.typed.get(field))?.clone())));
    words.collect()
}

/// The plans of all who are clear; what is wrong stands at `field-N` or, where it is nobody's own, at `nguoi-N`.
pub(super) async fn plans(
    app: &App,
    from: &mut impl Read,
    effect: &Effect,
    facts: &Facts,
    draft: &Draft,
    people: &[(usize, &Candidate)],
    problems: &mut Problems,
) -> Result<Vec<Plan>> {
    let mut all = Vec::with_capacity(people.len());
    for (place, person) in people {
        let plan = effects::plan(app, from, effect, facts, &typed_for(effect, draft, *place), person).await?;
        for (field, sentence) in plan.problems.iter() {
            match field {
                "" | effects::GOING => problems.add(format!("nguoi-{place}"), format!("Dòng {place}: {sentence}")),
                field => problems.add(format!("{field}-{place}"), format!("Dòng {place}: {sentence}")),
            }
        }
        if plan.differences.is_empty() && plan.problems.is_empty() {
            problems.add(format!("nguoi-{place}"), format!("Dòng {place}: chưa có gì thay đổi. Nhập nội dung áp dụng"));
        }
        all.push(plan);
    }
    Ok(all)
}

/// What the page shows that will change, in a few letters: whoever places it has seen exactly this.
pub(super) fn digest(plans: &[(usize, Plan)]) -> String {
    let mut hasher = DefaultHasher::new();
    for (place, plan) in plans {
        place.hash(&mut hasher);
        plan.differences.hash(&mut hasher);
    }
    format!("{:x}", hasher.finish())
}

/// The effect as the page shows it.
pub(super) fn shown(
    app: &App,
    effect: &Effect,
    facts: &Facts,
    draft: &Draft,
    seen: String,
    problems: &Problems,
    regulation: &str,
) -> Shown {
    let Some(section) = app.law.section(&effect.section) else { return Shown::default() };
    let shape = Shape::new(&app.law, section);
    let others: Vec<&str> =
        section.fields.iter().map(|field| field.key.as_str()).filter(|key| !effect.asked.iter().any(|asked| asked == key)).collect();
    let mut out = Html::default();
    let inputs = Inputs {
        shape: &shape,
        stored: None,
        typed: Some(&draft.typed),
        problems,
        warnings: &Problems::none(),
        level: Sensitivity::Secret,
        form: "",
        today: app.today(),
        own: &[],
        without: &others,
    };
    inputs.all(&mut out);
    let column = |key: &String| {
        let field = section.field(key)?;
        let list = field.catalogue.as_ref().filter(|_| field.kind == Kind::Enum).and_then(|list| app.law.catalogue(list));
        let short = list.filter(|list| list.items.len() <= CHOICES);
        let choices = short.iter().flat_map(|list| &list.items).map(|item| (item.code.clone(), item.label_vi.clone())).collect();
        Some(Column { name: key.clone(), label: field.label_vi.clone(), choices })
    };
    Shown {
        label: effect.label_vi.clone(),
        fields: if effect.asked.is_empty() { String::new() } else { out.0 },
        columns: effect.asked.iter().filter_map(column).collect(),
        later: facts.day("effective_on").filter(|on| *on > app.today()).map(show_day),
        seen,
        articles: app.law.articles_of_effect(effect, regulation),
        units: Vec::new(),
        unit: draft.receiving(),
        relief_article: None,
        relief: draft.relief().to_owned(),
    }
}

/// One line of the grid.
pub(super) fn row(effect: &Effect, draft: &Draft, place: usize, plan: Option<&Plan>, problems: &Problems) -> Row {
    let about = |name: &str| problems.iter().find(|(found, _)| *found == name).map(|(_, sentence)| sentence.to_owned());
    let cell = |field: &String| {
        let name = format!("{field}-{place}");
        Cell { value: draft.typed.get(&name).cloned().unwrap_or_default(), problem: about(&name), name }
    };
    Row {
        cells: effect.asked.iter().map(cell).collect(),
        differences: plan.map(|plan| plan.differences.clone()).unwrap_or_default(),
        problem: about(&format!("nguoi-{place}")),
    }
}
