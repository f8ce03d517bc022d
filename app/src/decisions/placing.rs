//! What a decision will be placed into, the scan of it, and the placing.

use super::{
    actions::{self, Placed},
    draft::{Draft, Facts, section},
    pages::{self, DecisionPage},
    people::{self, Named},
    queries::{self, Candidate, Decision},
};
use crate::{
    App,
    access::{EditRecord, Grant},
    dossiers::{Paper, Sent, Shape, copies, validity, value},
    error::{Error, Result},
    form::Problems,
    page::Page,
};
use axum::{
    extract::{Multipart, RawForm, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A line with those who may be meant.
#[derive(Clone, Debug, Default, Serialize)]
struct Line {
    place: usize,
    typed: String,
    /// The field of the choice.
    field: String,
    candidates: Vec<Shown>,
    problem: Option<String>,
}

/// Somebody who may be meant, in words.
#[derive(Clone, Debug, Default, Serialize)]
struct Shown {
    id: i64,
    name: String,
    born: String,
    number: String,
    unit: String,
    left: bool,
    chosen: bool,
}

#[derive(Serialize)]
pub(super) struct PreviewPage {
    /// Label and words.
    facts: Vec<(String, String)>,
    to: Option<Decision>,
    lines: Vec<Line>,
    carried: Vec<(String, String)>,
    /// A scan must be sent: nobody whom the decision names already is inside the area.
    asks_scan: bool,
    /// Article by which an unsigned scan must be declared.
    validity: Option<String>,
    copies: Vec<(String, String)>,
    declared: String,
    problems: Problems,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "decisions/preview.html";

    fn samples() -> Vec<PreviewPage> {
        let shown =
            |id: i64| Shown {
                id, name: "Lò Thị Mai".into(), born: "28/02/1990".into(), left: id > 1, chosen: id > 1, ..Shown::default()
            };
        let line = |several: bool, problem: Option<&str>| Line {
            place: 1,
            typed: "Lò Thị Mai".into(),
            field: "nguoi-1".into(),
            candidates: if several { vec![shown(1), shown(2)] } else { vec![shown(1)] },
            problem: problem.map(str::to_owned),
        };
        let page = |to: Option<Decision>, lines: Vec<Line>, problem: Option<&str>| {
            let mut problems = Problems::default();
            if let Some(sentence) = problem {
                problems.add("tep", sentence);
                problems.add("loai_ban", sentence);
            }
            PreviewPage {
                facts: vec![("Số, ký hiệu".into(), "26/QĐ-UBND".into())],
                asks_scan: to.is_none(),
                to,
                lines,
                carried: vec![("people".into(), "Lò Thị Mai".into())],
                validity: problem.map(|_| "LS-7.3".into()),
                copies: vec![("original".into(), "Bản chính".into())],
                declared: "original".into(),
                problems,
            }
        };
        let bad = Some("Chọn người ở dòng 1");
        vec![page(None, vec![line(true, bad), line(false, None)], bad), page(Some(Decision::default()), vec![line(false, None)], None)]
    }
}

/// What was typed, as far as it was understood.
struct Meant<'a> {
    section: &'a law::Section,
    to: Option<Decision>,
    facts: Facts,
    named: Vec<Named>,
}

impl<'a> Meant<'a> {
    /// Reads the facts and finds the people; the form again when something is wrong.
    async fn read(app: &'a App, grant: &Grant<EditRecord>, draft: &Draft) -> Result<Result<Meant<'a>, Response>> {
        let section = section(app)?;
        let (mut problems, mut warnings) = (Problems::default(), Problems::default());
        let mut reader = app.db.read(&**grant);
        let (to, facts) = match draft.to {
            Some(id) => {
                let decision = queries::one(&mut reader, id).await?;
                let facts = standing(&decision);
                (Some(pages::named(app, decision)), facts)
            }
            None => (None, draft.check(app, section, &mut problems, &mut warnings)),
        };
        let named = people::named(&mut reader, &draft.people, &mut problems).await?;
        if let (None, true, Some(signed_on)) = (&to, problems.is_empty(), facts.day("signed_on"))
            && let Some(known) = queries::alike(&mut reader, &facts.same_key(), signed_on).await?
        {
            problems.add("number", same(&queries::one(&mut reader, known).await?));
        }
        if !problems.is_empty() || (!warnings.is_empty() && !draft.is_confirmed) {
            let page = DecisionPage::new(app, grant, draft, problems, warnings).await?;
            return Ok(Err(page.answer(app, grant)?));
        }
        Ok(Ok(Meant { section, to, facts, named }))
    }

    /// Who is meant on each line; what is not clear stands at the field of the line.
    fn people(&self, draft: &Draft, problems: &mut Problems) -> Vec<&Candidate> {
        let mut met: BTreeMap<i64, usize> = BTreeMap::new();
        let mut people = Vec::with_capacity(self.named.len());
        for line in &self.named {
            let chosen = draft.typed.get(&line.field()).map(|id| id.trim()).unwrap_or_default();
            match line.meant(chosen) {
                None => problems.add(line.field(), format!("Chọn người được nêu ở dòng {}", line.place)),
                Some(one) => match met.insert(one.id, line.place) {
                    Some(first) => {
                        problems.add(line.field(), format!("Dòng {}: trùng với người ở dòng {first}. Chọn người khác", line.place))
                    }
                    None => people.push(one),
                },
            }
        }
        people
    }

    /// Whether the scan must be sent.
    async fn asks_scan(&self, app: &App, grant: &Grant<EditRecord>) -> Result<bool> {
        match &self.to {
            Some(decision) => Ok(queries::scan(&mut app.db.read(&**grant), decision.id).await?.is_none()),
            None => Ok(true),
        }
    }

    async fn page(&self, app: &App, grant: &Grant<EditRecord>, draft: &Draft, problems: Problems) -> Result<PreviewPage> {
        let shape = Shape::new(&app.law, self.section);
        let stands = |column: &str| self.facts.set.iter().find(|(found, _)| found == column).map(|(_, value)| value);
        let facts = shape.spots().filter_map(|spot| {
            let words = value::show(spot, stands(&spot.column.name)?);
            (!words.is_empty()).then(|| (spot.field.label_vi.clone(), words))
        });
        let line = |named: &Named| {
            let field = named.field();
            let chosen = draft.typed.get(&field).map(|id| id.trim().to_owned()).unwrap_or_default();
            let shown = |one: &Candidate| Shown {
                id: one.id,
                name: one.name.clone(),
                born: crate::page::show_date(&one.born),
                number: one.number.clone(),
                unit: one.unit.clone(),
                left: one.left,
                chosen: one.id.to_string() == chosen,
            };
            Line {
                place: named.place,
                typed: named.typed.clone(),
                candidates: named.candidates.iter().map(shown).collect(),
                problem: problems.iter().find(|(found, _)| *found == field).map(|(_, sentence)| sentence.to_owned()),
                field,
            }
        };
        let paths: Vec<&str> = self.named.iter().flat_map(|named| &named.candidates).map(|one| one.unit_path.as_str()).collect();
        Ok(PreviewPage {
            facts: facts.collect(),
            to: self.to.clone(),
            lines: self.named.iter().map(line).collect(),
            carried: draft.carried(self.section),
            asks_scan: self.asks_scan(app, grant).await?,
            validity: demanding(app, &paths).await?,
            copies: copies(app).into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect(),
            declared: draft.declared.clone(),
            problems,
        })
    }
}

/// The facts of a decision that stands.
fn standing(decision: &Decision) -> Facts {
    let text = |column: &str, words: &str| (column.to_owned(), if words.is_empty() { vault::Value::Null } else { words.into() });
    let mut set = vec![
        text("decision_type", &decision.kind),
        text("number", &decision.number),
        text("issuing_body", &decision.issuing_body),
        text("signer", &decision.signer),
        text("summary", &decision.summary),
    ];
    if let Some((signed_on, effective_on)) = decision.days {
        set.push(("signed_on".into(), signed_on.into()));
        set.push(("effective_on".into(), effective_on.into()));
    }
    Facts { set }
}

fn same(decision: &Decision) -> String {
    format!(
        "Quyết định số {} ngày {} của {} đã có trong sổ. Mở quyết định đó rồi bổ sung người, hoặc sửa số",
        decision.number, decision.signed, decision.issuing_body
    )
}

/// The first article by which one of these units demands that an unsigned scan is declared.
async fn demanding(app: &App, paths: &[&str]) -> Result<Option<String>> {
    let mut asked: Vec<&str> = paths.to_vec();
    asked.sort_unstable();
    asked.dedup();
    for path in asked {
        if let Some(article) = validity(app, path).await? {
            return Ok(Some(article.to_owned()));
        }
    }
    Ok(None)
}

/// Shows what will be placed where.
pub(super) async fn preview(grant: Grant<EditRecord>, State(app): State<App>, RawForm(body): RawForm) -> Result<Response> {
    let draft = Draft::of(serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body).unwrap_or_default().into_iter().collect());
    let meant = match Meant::read(&app, &grant, &draft).await? {
        Ok(meant) => meant,
        Err(form) => return Ok(form),
    };
    meant.page(&app, &grant, &draft, Problems::default()).await?.show(&app, &grant.visitor)
}

/// Places it.
pub(super) async fn place(grant: Grant<EditRecord>, State(app): State<App>, form: Multipart) -> Result<Response> {
    let sent = Sent::read(form, app.config.upload_mb * 1024 * 1024).await?;
    let draft = Draft::of(sent.fields.clone());
    let meant = match Meant::read(&app, &grant, &draft).await? {
        Ok(meant) => meant,
        Err(form) => return Ok(form),
    };
    let mut problems = Problems::default();
    let people = meant.people(&draft, &mut problems);
    let paper = match meant.asks_scan(&app, &grant).await? {
        true => Paper::examine(&app, sent, &draft.declared, false).await?.map_err(|sentence| problems.add("tep", sentence)).ok(),
        false => None,
    };
    let paths: Vec<&str> = people.iter().map(|one| one.unit_path.as_str()).collect();
    if paper.as_ref().is_some_and(Paper::is_unproven)
        && let Some(article) = demanding(&app, &paths).await?
    {
        problems.add("loai_ban", format!("Tệp không có chữ ký số còn nguyên vẹn. Chọn loại bản rồi chọn lại tệp ({article})"));
    }
    if !problems.is_empty() {
        let page = meant.page(&app, &grant, &draft, problems).await?;
        return page.show_as(&app, &grant.visitor, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let ids: Vec<i64> = people.iter().map(|one| one.id).collect();
    let id = match (&meant.to, paper) {
        (Some(to), paper) => {
            actions::add(&app, &grant, meant.section, &meant.facts, to.id, &ids, paper.as_ref()).await?;
            to.id
        }
        (None, Some(paper)) => {
            let unit = keeper(&app, &grant, &people).await?;
            match actions::place(&app, &grant, unit, meant.section, &meant.facts, &ids, &paper).await? {
                Placed::Done(id) => id,
                Placed::Alike(id) => {
                    let mut problems = Problems::default();
                    problems.add("number", same(&queries::one(&mut app.db.read(&*grant), id).await?));
                    return DecisionPage::new(&app, &grant, &draft, problems, Problems::default()).await?.answer(&app, &grant);
                }
            }
        }
        (None, None) => return Err(Error::NotFound),
    };
    Ok(Redirect::to(&format!("/quyet-dinh/{id}")).into_response())
}

/// The unit in whose register it is entered: that of the account, or of the first person where the account has none of its own
/// inside the area.
async fn keeper(app: &App, grant: &Grant<EditRecord>, people: &[&Candidate]) -> Result<i64> {
    if let Some(unit) = grant.visitor.viewer.unit_id()
        && grant.reaches_unit(grant.visitor.viewer.unit_path())
    {
        return Ok(unit);
    }
    let first = people.first().ok_or(Error::NotFound)?;
    queries::unit_of(&mut app.db.read(&**grant), first.id).await
}
