//! The form of a decision: its facts and the people it names.

use super::{
    draft::{Draft, section},
    gates, people,
    queries::{self, Decision},
};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers::Typed,
    error::Result,
    form::Problems,
    page::Page,
};
use axum::{
    extract::{Query, RawForm, State},
    http::StatusCode,
    response::Response,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(super) struct DecisionPage {
    /// The decision to which people are added, and its facts in words.
    to: Option<Decision>,
    /// The fields, as HTML.
    fields: String,
    people: String,
    /// What is wrong with a line: its anchor and the sentence.
    lines: Vec<(String, String)>,
    /// What is wrong with the people as a whole.
    about_people: Option<String>,
    /// Every sentence with the id of its field.
    summary: Vec<(String, String)>,
    /// What the decision may do: key and name, and the one chosen.
    effects: Vec<(String, String)>,
    effect: String,
    /// The sentence about it.
    about_effect: Option<String>,
    /// The article by which whoever did not issue it names a delegation; what was typed and what is wrong with it.
    delegation_article: Option<String>,
    delegation: String,
    about_delegation: Option<String>,
    /// What was typed of the effect on the page behind this one.
    carried: Vec<(String, String)>,
    /// What is unusual, to be confirmed.
    warnings: Vec<(String, String)>,
    most: usize,
}

impl Page for DecisionPage {
    const TEMPLATE: &'static str = "decisions/new.html";

    fn samples() -> Vec<DecisionPage> {
        let page = |to: Option<Decision>, lines: &[(&str, &str)], warnings: &[(&str, &str)]| {
            let owned = |all: &[(&str, &str)]| all.iter().map(|(id, words)| ((*id).to_owned(), (*words).to_owned())).collect::<Vec<_>>();
            DecisionPage {
                to,
                fields: "<div></div>".into(),
                people: "Lò Thị Mai".into(),
                lines: owned(lines),
                about_people: lines.is_empty().then(|| "Ghi ít nhất một người".into()),
                summary: owned(lines),
                effects: vec![("raise".into(), "Nâng bậc lương".into())],
                effect: "raise".into(),
                about_effect: lines.first().map(|(_, words)| (*words).to_owned()),
                carried: owned(lines),
                delegation_article: lines.is_empty().then(|| "YB-17".into()),
                delegation: String::new(),
                about_delegation: lines.is_empty().then(|| "Ghi số và ngày văn bản ủy quyền".into()),
                warnings: owned(warnings),
                most: people::MOST,
            }
        };
        vec![page(None, &[], &[("decisions-signed_on", "Kiểm tra lại")]), page(Some(Decision::default()), &[("nguoi-1", "Dòng 1")], &[])]
    }
}

/// The id of the field that a sentence is about.
fn anchor(field: &str) -> String {
    match field {
        "people" | "effect" | "delegation" => field.into(),
        line if line.starts_with("nguoi-") => line.to_owned(),
        column => format!("{}-{column}", super::draft::SECTION),
    }
}

impl DecisionPage {
    /// The page for what was typed.
    pub(super) async fn new(
        app: &App,
        grant: &Grant<EditRecord>,
        draft: &Draft,
        mut problems: Problems,
        warnings: Problems,
    ) -> Result<DecisionPage> {
        let section = section(app)?;
        problems.arrange(section.fields.iter().map(|field| field.key.as_str()).chain(["delegation", "effect", "people"]));
        let to = match draft.to {
            Some(id) => Some(named(app, queries::one(&mut app.db.read(&**grant), id).await?)),
            None => None,
        };
        let sentences = |from: &Problems| from.iter().map(|(field, words)| (anchor(field), words.to_owned())).collect::<Vec<_>>();
        let is_line = |field: &str| field.starts_with("nguoi-");
        Ok(DecisionPage {
            fields: if to.is_some() { String::new() } else { draft.inputs(app, section, &problems, &warnings) },
            to,
            people: draft.people.clone(),
            lines: problems.iter().filter(|(field, _)| is_line(field)).map(|(field, words)| (field.to_owned(), words.to_owned())).collect(),
            about_people: problems.iter().find(|(field, _)| *field == "people").map(|(_, words)| words.to_owned()),
            effects: app.law.effects.iter().map(|effect| (effect.key.clone(), effect.label_vi.clone())).collect(),
            effect: draft.effect().to_owned(),
            about_effect: problems.iter().find(|(field, _)| *field == "effect").map(|(_, words)| words.to_owned()),
            carried: draft.of_effect(app),
            delegation_article: gates::delegation_article(app, grant).await?,
            delegation: draft.delegation().to_owned(),
            about_delegation: problems.iter().find(|(field, _)| *field == "delegation").map(|(_, words)| words.to_owned()),
            summary: sentences(&problems),
            warnings: sentences(&warnings),
            most: people::MOST,
        })
    }

    /// Shown with what is wrong, or new.
    pub(super) fn answer(&self, app: &App, grant: &Grant<EditRecord>) -> Result<Response> {
        let is_again = !self.summary.is_empty() || !self.warnings.is_empty();
        self.show_as(app, &grant.visitor, if is_again { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
    }
}

/// A decision with its type in words.
pub(super) fn named(app: &App, mut decision: Decision) -> Decision {
    let list = app.law.catalogue("decision_types");
    decision.kind = list.map_or_else(String::new, |list| list.label(&decision.kind).to_owned());
    decision
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// The decision to which people are added.
    qd: Option<i64>,
}

/// An empty form.
pub(super) async fn new(grant: Grant<EditRecord>, State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response> {
    let draft = Draft { to: asked.qd, ..Draft::default() };
    DecisionPage::new(&app, &grant, &draft, Problems::default(), Problems::default()).await?.answer(&app, &grant)
}

/// The form with what stood in it, or with the people who were ticked in a list.
pub(super) async fn again(grant: Grant<EditRecord>, State(app): State<App>, RawForm(body): RawForm) -> Result<Response> {
    let pairs = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default();
    let mut ids: Vec<i64> = pairs.iter().filter(|(name, _)| name == "chon").filter_map(|(_, id)| id.parse().ok()).collect();
    ids.truncate(people::MOST);
    let mut draft = Draft::of(pairs.into_iter().filter(|(name, _)| name != "chon").collect::<Typed>());
    if !ids.is_empty() {
        draft.people.push_str(&people::lines(&mut app.db.read(&*grant), &ids).await?);
    }
    DecisionPage::new(&app, &grant, &draft, Problems::default(), Problems::default()).await?.answer(&app, &grant)
}
