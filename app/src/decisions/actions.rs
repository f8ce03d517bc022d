//! Placing a decision: the register, the dossier of everybody it names, one scan for all.

use super::{
    draft::{Facts, SECTION},
    queries,
};
use crate::{
    App,
    access::EditRecord,
    dossiers::{Paper, mismatches, share},
    error::Result,
};
use law::Section;
use vault::{Basis, Change, Grant};

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
    unit: i64,
    section: &Section,
    facts: &Facts,
    people: &[i64],
    paper: &Paper,
) -> Result<Placed> {
    let mut change = app.db.change(grant, "decision.enter").await?;
    // Two hands that enter the same paper at once would each find that it is not there.
    change.take_turn("decisions").await?;
    let (Some(signed_on), Some(effective_on)) = (facts.day("signed_on"), facts.day("effective_on")) else {
        return Err(crate::error::Error::NotFound);
    };
    if let Some(id) = queries::alike(&mut change, &facts.same_key(), signed_on).await? {
        return Ok(Placed::Alike(id));
    }
    let words = |column: &str| facts.text(column);
    let folded = vault::folded(&format!("{} {} {}", words("number"), words("issuing_body"), words("summary")));
    let signer = Some(words("signer")).filter(|signer| !signer.is_empty());
    let set = [
        ("unit_id", unit.into()),
        ("decision_type", words("decision_type").into()),
        ("number", words("number").into()),
        ("signed_on", signed_on.into()),
        ("effective_on", effective_on.into()),
        ("issuing_body", words("issuing_body").into()),
        ("signer", signer.into()),
        ("summary", words("summary").into()),
        ("same_key", facts.same_key().into()),
        ("folded", folded.into()),
        ("entered_by", mismatches::person(grant.viewer()).into()),
    ];
    let id = change.insert("decisions", &set).await?;
    let mut work = Work { change, grant, section, facts, decision: id };
    let mut file = None;
    for dossier in people {
        let theirs = work.file(file, paper, *dossier).await?;
        file.get_or_insert(theirs);
        work.name(*dossier, theirs).await?;
    }
    work.change.commit().await?;
    Ok(Placed::Done(id))
}

/// Adds people to a decision that stands. The scan is that of somebody it names; `paper` where none of them is inside the area.
pub(super) async fn add(
    app: &App,
    grant: &Grant<EditRecord>,
    section: &Section,
    facts: &Facts,
    decision: i64,
    people: &[i64],
    paper: Option<&Paper>,
) -> Result<()> {
    let mut change = app.db.change(grant, "decision.add_people").await?;
    change.take_turn("decisions").await?;
    let mut file = queries::scan(&mut change, decision).await?;
    let mut work = Work { change, grant, section, facts, decision };
    for dossier in people {
        if queries::names(&mut work.change, decision, *dossier).await? {
            continue;
        }
        let theirs = match (file, paper) {
            (None, None) => return Err(crate::error::Error::NotFound),
            (Some(file), _) => work.shared(file, *dossier).await?,
            (None, Some(paper)) => work.file(None, paper, *dossier).await?,
        };
        file.get_or_insert(theirs);
        work.name(*dossier, theirs).await?;
    }
    Ok(work.change.commit().await?)
}

/// A placing under way.
struct Work<'a> {
    change: Change,
    grant: &'a Grant<EditRecord>,
    section: &'a Section,
    facts: &'a Facts,
    decision: i64,
}

impl Work<'_> {
    /// The scan in one dossier: kept for the first, shared with the others.
    async fn file(&mut self, file: Option<i64>, paper: &Paper, dossier: i64) -> Result<i64> {
        self.reason();
        match file {
            Some(file) => self.shared(file, dossier).await,
            None => Ok(paper.keep(&mut self.change, dossier, self.grant.viewer()).await?),
        }
    }

    async fn shared(&mut self, file: i64, dossier: i64) -> Result<i64> {
        self.reason();
        Ok(share(&mut self.change, file, dossier).await?)
    }

    /// The paper itself is never undone with what it caused, so it rests on its own number.
    fn reason(&mut self) {
        self.change.rests_on(Basis::Correction(format!("quyết định số {}", self.facts.text("number"))));
    }

    /// The row that stands for the decision in a dossier.
    async fn name(&mut self, dossier: i64, file: i64) -> Result<()> {
        self.reason();
        let open = mismatches::of_dossier(&mut self.change, dossier).await?;
        let mut set: Vec<(&str, vault::Value)> = self.facts.set.iter().map(|(column, value)| (column.as_str(), value.clone())).collect();
        set.push(("scan", file.into()));
        let columns: Vec<&str> = set.iter().map(|(column, _)| *column).collect();
        let flags = mismatches::settled(&open, dossier, self.section, &columns);
        let row = self.change.write_section(dossier, SECTION, None, &set).await?;
        let reason = format!("đã ghi quyết định số {}", self.facts.text("number"));
        mismatches::settle(&mut self.change, &flags, &reason, mismatches::person(self.grant.viewer())).await?;
        let named =
            [("decision_id", self.decision.into()), ("dossier_id", dossier.into()), ("row_id", row.into()), ("file_id", file.into())];
        self.change.insert("decision_people", &named).await?;
        Ok(())
    }
}
