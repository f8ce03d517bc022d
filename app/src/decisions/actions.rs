//! Placing a decision: the register, the dossier of everybody it names, one scan for all, and what it changes there.

use super::{
    draft::{Draft, SECTION},
    effects::{self, Plan},
    preview::Meant,
    queries::{self, Candidate},
};
use crate::{
    App,
    access::EditRecord,
    dossiers::{Paper, Typed, mismatches, share},
    error::{Error, Result},
    movements::{self, Goal, Ordered},
    obligations::{self, Opening},
};
use jiff::civil::Date;
use law::regulation::CountedFrom;
use vault::{Basis, Change, Grant};

/// The term for entering a decision.
const TERM: &str = "change_by_decision";

/// Somebody whom a decision names.
pub(super) struct Named<'a> {
    pub(super) dossier: i64,
    pub(super) person: &'a Candidate,
    /// What was typed of its effect.
    pub(super) typed: Option<Typed>,
    /// What it changes, as it was previewed.
    pub(super) plan: Option<Plan>,
}

/// What comes of placing.
pub(super) enum Placed {
    /// It stands.
    Done(i64),
    /// It stood already.
    Alike(i64),
}

/// Enters a decision and places it into the dossiers of the people it names.
pub(super) async fn place(
    app: &App,
    grant: &Grant<EditRecord>,
    unit: (i64, String),
    meant: &Meant<'_>,
    people: &[Named<'_>],
    paper: &Paper,
    draft: &Draft,
) -> Result<Placed> {
    let facts = &meant.facts;
    let mut change = app.db.change(grant, "decision.enter").await?;
    // Two hands that enter the same paper at once would each find that it is not there.
    change.take_turn("decisions").await?;
    let (signed_on, effective_on) = facts.day("signed_on").zip(facts.day("effective_on")).ok_or(Error::NotFound)?;
    if let Some(id) = queries::alike(&mut change, &facts.same_key(), signed_on).await? {
        return Ok(Placed::Alike(id));
    }
    let words = |column: &str| facts.text(column);
    let folded = vault::folded(&format!("{} {} {}", words("number"), words("issuing_body"), words("summary")));
    let signer = Some(words("signer")).filter(|signer| !signer.is_empty());
    let set = [
        ("unit_id", unit.0.into()),
        ("decision_type", words("decision_type").into()),
        ("number", words("number").into()),
        ("signed_on", signed_on.into()),
        ("effective_on", effective_on.into()),
        ("issuing_body", words("issuing_body").into()),
        ("signer", signer.into()),
        ("summary", words("summary").into()),
        ("same_key", facts.same_key().into()),
        ("folded", folded.into()),
        ("effect", meant.effect.map(|effect| effect.key.clone()).into()),
        ("delegation", Some(draft.delegation()).filter(|words| !words.is_empty()).map(str::to_owned).into()),
        ("relief", Some(draft.relief()).filter(|words| !words.is_empty()).map(str::to_owned).into()),
        ("receiving_unit_id", facts.receiving.as_ref().map(|unit| unit.id).into()),
        ("entered_by", mismatches::person(grant.viewer()).into()),
    ];
    let id = change.insert("decisions", &set).await?;
    let mut work = Work { app, change, grant, meant, decision: id, today: app.today() };
    work.in_time(app, &unit, (signed_on, effective_on)).await?;
    let mut file = None;
    for named in people {
        let theirs = match file {
            Some(file) => work.shared(file, named.dossier).await?,
            None => work.kept(paper, named.dossier).await?,
        };
        file.get_or_insert(theirs);
        work.name(named, theirs).await?;
    }
    work.change.commit().await?;
    Ok(Placed::Done(id))
}

/// Adds people to a decision that stands. The scan is that of somebody it names; `paper` where none of them is inside the area.
pub(super) async fn add(
    app: &App,
    grant: &Grant<EditRecord>,
    meant: &Meant<'_>,
    decision: i64,
    people: &[Named<'_>],
    paper: Option<&Paper>,
) -> Result<()> {
    let mut change = app.db.change(grant, "decision.add_people").await?;
    change.take_turn("decisions").await?;
    let mut file = queries::scan(&mut change, decision).await?;
    let mut work = Work { app, change, grant, meant, decision, today: app.today() };
    for named in people {
        if queries::names(&mut work.change, decision, named.dossier).await? {
            continue;
        }
        let theirs = match (file, paper) {
            (None, None) => return Err(Error::NotFound),
            (Some(file), _) => work.shared(file, named.dossier).await?,
            (None, Some(paper)) => work.kept(paper, named.dossier).await?,
        };
        file.get_or_insert(theirs);
        work.name(named, theirs).await?;
    }
    Ok(work.change.commit().await?)
}

/// A placing under way.
struct Work<'a> {
    app: &'a App,
    change: Change,
    grant: &'a Grant<EditRecord>,
    meant: &'a Meant<'a>,
    decision: i64,
    today: Date,
}

impl Work<'_> {
    /// Notes by when the decision had to be entered, and that it is now.
    async fn in_time(&mut self, app: &App, unit: &(i64, String), (signed_on, effective_on): (Date, Date)) -> Result<()> {
        let Some(regulation) = obligations::regulation(app, &unit.1, self.today).await? else { return Ok(()) };
        let Some(counted_from) = regulation.deadline(TERM).map(|term| term.counted_from) else { return Ok(()) };
        let day = match counted_from {
            CountedFrom::EffectiveDate => effective_on,
            CountedFrom::DecisionDate | CountedFrom::DecisionOrContractDate => signed_on,
            // The paper is received when it is entered, unless somebody notes otherwise.
            _ => self.today,
        };
        let about = ("decisions", self.decision);
        let opening = Opening { event: TERM, from: unit.0, to: (unit.0, &unit.1), dossier: None, about, day };
        if obligations::open(app, &mut self.change, &opening).await?.is_some() {
            obligations::settle(&mut self.change, TERM, about, self.today, mismatches::person(self.grant.viewer())).await?;
        }
        Ok(())
    }

    async fn kept(&mut self, paper: &Paper, dossier: i64) -> Result<i64> {
        self.reason();
        Ok(paper.keep(&mut self.change, dossier, self.grant.viewer()).await?)
    }

    async fn shared(&mut self, file: i64, dossier: i64) -> Result<i64> {
        self.reason();
        Ok(share(&mut self.change, file, dossier).await?)
    }

    /// The paper itself is never undone with what it caused, so it rests on its own number.
    fn reason(&mut self) {
        self.change.rests_on(Basis::Correction(format!("quyết định số {}", self.meant.facts.text("number"))));
    }

    /// The row that stands for the decision in a dossier, and what it changes there if its day has come.
    async fn name(&mut self, named: &Named<'_>, file: i64) -> Result<()> {
        self.reason();
        let dossier = named.dossier;
        let open = mismatches::of_dossier(&mut self.change, dossier).await?;
        let (meant, today) = (self.meant, self.today);
        let facts = &meant.facts;
        let reason = format!("đã ghi quyết định số {}", facts.text("number"));
        let mut set: Vec<(&str, vault::Value)> = facts.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
        set.push(("scan", file.into()));
        let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
        let flags = mismatches::settled(&open, dossier, meant.section, &columns);
        let row = self.change.write_section(dossier, SECTION, None, &set).await?;
        mismatches::settle(&mut self.change, &flags, &reason, mismatches::person(self.grant.viewer())).await?;
        let is_due = facts.day("effective_on").is_some_and(|on| on <= today);
        let plan = named.plan.as_ref().filter(|_| is_due);
        let typed = named.typed.as_ref().and_then(|typed| serde_json::to_value(typed).ok());
        let set = [
            ("decision_id", self.decision.into()),
            ("dossier_id", dossier.into()),
            ("row_id", row.into()),
            ("file_id", file.into()),
            ("typed", typed.into()),
            ("applied_on", plan.map(|_| today).into()),
        ];
        self.change.insert("decision_people", &set).await?;
        if let Some(plan) = plan {
            self.change.rests_on(Basis::Decision(self.decision));
            effects::write(&mut self.change, dossier, plan).await?;
        }
        self.send(named.person).await
    }

    /// Notes where the dossier has to go by the decision, if anywhere.
    async fn send(&mut self, person: &Candidate) -> Result<()> {
        let Some(effect) = self.meant.effect else { return Ok(()) };
        let facts = &self.meant.facts;
        let goal = match (&facts.receiving, &effect.leaves) {
            (Some(unit), _) if effect.to_unit => Goal::Unit(unit.id, &unit.path),
            (_, Some(status)) => Goal::Leavers(status),
            _ => return Ok(()),
        };
        let (signed_on, effective_on) = facts.day("signed_on").zip(facts.day("effective_on")).ok_or(Error::NotFound)?;
        let (number, body) = (facts.text("number"), facts.text("issuing_body"));
        let ordered = Ordered {
            dossier: person.id,
            name: &person.name,
            born: &person.born,
            from: (person.unit_id, &person.unit_path),
            goal,
            decision: self.decision,
            number: &number,
            body: &body,
            signed_on,
            effective_on,
        };
        self.reason();
        movements::order(self.app, &mut self.change, &ordered).await.map(|_| ())
    }
}
