//! Going through a sheet: once to see who is in it, once to judge every row.

use super::{
    desk::Opened,
    fates::{Fate, Fates, Key, decide},
    judging::{Judge, Judged, Stored, Write},
    model::{Mapping, Mode, Outcome},
    queries,
    reading::{Memo, Plan, Reading, Remark},
    units::Units,
    words::{Target, Words},
};
use crate::{
    App,
    access::CreateRecord,
    dossiers::{OwnField, value::read as read_value},
    error::{Error, Result},
};
use jiff::civil::Date;
use paper::sheet::Cell;
use std::{collections::BTreeMap, sync::Arc};
use vault::Value;

/// Rows judged together.
const TOGETHER: usize = 500;

/// A sheet and how it is to be understood.
#[derive(Clone)]
pub(crate) struct Task {
    pub(super) app: App,
    pub(super) grant: vault::Grant<CreateRecord>,
    pub(super) opened: Arc<Opened>,
    pub(super) words: Arc<Words>,
    /// Fields of the province's own that are filled in today.
    pub(super) own: Arc<Vec<OwnField>>,
    pub(super) units: Arc<Units>,
    pub(super) mapping: Mapping,
    pub(super) mode: Mode,
    pub(super) unit_id: i64,
    /// Code of the regulation in force at the unit.
    pub(super) regulation: Option<String>,
}

/// What a row comes to, without its values.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) row: usize,
    pub(super) act: Act,
    pub(super) problems: Vec<Remark>,
    pub(super) unusual: Vec<Remark>,
}

/// What will be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A dossier is opened.
    Open,
    /// So many fields change.
    Change(usize),
    /// Nothing, for this reason.
    Skip(String),
    /// Nothing, because of problems.
    Refuse,
}

/// How often a column has problems.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) problems: usize,
    pub(super) unusual: usize,
    pub(super) example: String,
}

/// What the whole sheet comes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(super) verdicts: Vec<Verdict>,
    pub(super) by_column: BTreeMap<Option<usize>, Tally>,
    pub(super) fates: Arc<Fates>,
}

impl Report {
    /// Takes a judged row in.
    pub(super) fn take(&mut self, judged: &Judged) {
        let act = match &judged.write {
            Write::Open(_) => Act::Open,
            Write::Change(_, parts) => Act::Change(parts.iter().map(|part| part.set.len()).sum()),
            Write::Skip(reason) => Act::Skip(reason.clone()),
            Write::Nothing => Act::Refuse,
        };
        self.outcome.rows += 1;
        match &act {
            Act::Open => self.outcome.created += 1,
            Act::Change(cells) => {
                self.outcome.updated += 1;
                self.outcome.cells += cells;
            }
            Act::Skip(_) => self.outcome.skipped += 1,
            Act::Refuse => self.outcome.bad += 1,
        }
        self.outcome.unusual += usize::from(judged.problems.is_empty() && !judged.unusual.is_empty());
        for (remark, is_problem) in judged.problems.iter().map(|r| (r, true)).chain(judged.unusual.iter().map(|r| (r, false))) {
            let tally = self.by_column.entry(remark.column).or_default();
            if tally.example.is_empty() || (is_problem && tally.problems == 0) {
                tally.example.clone_from(&remark.sentence);
            }
            tally.problems += usize::from(is_problem);
            tally.unusual += usize::from(!is_problem);
        }
        self.verdicts.push(Verdict { row: judged.row, act, problems: judged.problems.clone(), unusual: judged.unusual.clone() });
    }
}

impl Task {
    /// Rows with a person.
    pub(crate) fn rows(&self) -> Vec<usize> {
        self.opened.layout.data_rows().collect()
    }

    /// Who is in the file, who has a dossier, what becomes of each row.
    pub(super) async fn fates(&self) -> Result<Fates> {
        let task = self.clone();
        let keys = blocking(move || task.keys()).await?;
        let known = queries::recognise(&mut self.app.db.read(&self.grant), &keys).await?;
        Ok(decide(&keys, &known, self.mode, &self.mapping.choices))
    }

    /// Goes through the sheet without writing anything.
    pub(crate) async fn check(&self) -> Result<Report> {
        let fates = Arc::new(self.fates().await?);
        let (task, rows) = (self.clone(), self.rows());
        let handle = tokio::runtime::Handle::current();
        let kept = fates.clone();
        let mut report = blocking(move || {
            let mut report = Report::default();
            task.judge(&rows, &fates, &handle, |chunk| {
                chunk.iter().for_each(|judged| report.take(judged));
                true
            })?;
            Ok::<Report, Error>(report)
        })
        .await??;
        report.fates = kept;
        Ok(report)
    }

    /// Judges rows in their order and hands them over in chunks, until told to stop. Runs on a thread that may wait.
    pub(super) fn judge(
        &self,
        rows: &[usize],
        fates: &Fates,
        handle: &tokio::runtime::Handle,
        mut take: impl FnMut(Vec<Judged>) -> bool,
    ) -> Result<()> {
        let plan = Plan::new(&self.app.law, &self.words, &self.own, &self.mapping, self.app.today());
        let mut judge = Judge {
            plan,
            units: &self.units,
            unit_id: self.unit_id,
            personnel_type: &self.mapping.personnel_type,
            regulation: self.regulation.as_deref().and_then(|code| self.app.law.regulation(code)),
            clear: self.mapping.clear,
            memo: Memo::default(),
        };
        for some in rows.chunks(TOGETHER) {
            let fate = |row: &usize| fates.of.get(row).unwrap_or(&Fate::Create);
            let dossiers: Vec<i64> =
                some.iter().filter_map(|row| if let Fate::Update(id) = fate(row) { Some(*id) } else { None }).collect();
            let stored = match dossiers.is_empty() {
                true => Stored::new(),
                false => handle.block_on(queries::stored(&mut self.app.db.read(&self.grant), &judge.plan.shapes, &dossiers))?,
            };
            let chunk = some.iter().map(|row| judge.judge(*row, self.opened.cells(*row), fate(row), &stored)).collect();
            if !take(chunk) {
                break;
            }
        }
        Ok(())
    }

    /// By what each person of the file is recognised.
    fn keys(&self) -> Vec<Key> {
        let law = &self.app.law;
        let number = law.checks.personal_number.at.clone();
        let tells = |column: usize| match self.mapping.target(column, law) {
            Target::BirthMale | Target::BirthFemale | Target::FamilyName | Target::GivenName => true,
            Target::Field(at) => at == number || (at.section == "identity" && matches!(at.field.as_str(), "full_name" | "birth_date")),
            Target::Skip | Target::Unit | Target::Pay | Target::Tick(..) => false,
        };
        let columns = self.mapping.columns.iter().filter(|(column, _)| tells(**column)).map(|(column, code)| (*column, code.clone()));
        let mapping = Mapping { columns: columns.collect(), ..Mapping::default() };
        let today = self.app.today();
        let plan = Plan::new(law, &self.words, &self.own, &mapping, today);
        let mut memo = Memo::default();
        let columns = (plan.origin(0, &number.field), plan.origin(0, "full_name"));
        let key = |row: usize| {
            let reading = plan.read(self.opened.cells(row), &mut memo);
            let digits = reading.text(0, &number.field).chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'));
            Key {
                row,
                number: digits.collect(),
                name: vault::folded(reading.text(0, "full_name")),
                born: born(&plan, &reading, today),
                columns,
            }
        };
        self.opened.layout.data_rows().map(key).collect()
    }

    /// The cell a remark is about, as people see it.
    pub(super) fn shown(&self, row: usize, column: usize) -> String {
        self.opened.cells(row).get(column).map(Cell::shown).unwrap_or_default()
    }
}

/// The birth date of a row as it would be stored.
fn born(plan: &Plan<'_>, reading: &Reading, today: Date) -> String {
    let spot = plan.shapes.first().and_then(|shape| shape.spots().find(|spot| spot.column.name == "birth_date"));
    let read = spot.map(|spot| read_value(spot, reading.text(0, "birth_date"), &Value::Null, today, &|_| String::new()));
    match read {
        Some(Ok(Value::Text(born))) => born,
        _ => String::new(),
    }
}

/// Work that keeps a processor busy, on a thread of its own.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Broken(Box::new(error)))
}
