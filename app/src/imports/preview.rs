//! The mapping screen with its preview: what every column means, what every row comes to.

use super::{
    checking::{Act, Report, Task, Verdict},
    fates::Double,
    model::{Import, Mode},
    targets::{self, Certainty, Choices},
    words::Target,
};
use crate::{access::Visitor, page::Page};
use paper::{sheet::column_letters, text::Encoding};
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows on one page of the preview.
const SHOWN: usize = 50;

/// A column of the sheet and where it goes.
#[derive(Debug, Serialize)]
pub(super) struct ColumnLine {
    index: usize,
    letters: String,
    title: String,
    samples: String,
    target: String,
    certainty: Certainty,
    split: bool,
    problems: usize,
    unusual: usize,
    example: String,
}

/// A row of the preview.
#[derive(Debug, Serialize)]
pub(super) struct RowLine {
    row: usize,
    number: usize,
    cells: Vec<CellLine>,
    remarks: Vec<String>,
    act: &'static str,
    reason: String,
    cells_changed: usize,
    double: Option<DoubleLine>,
}

/// A cell of the preview.
#[derive(Debug, Serialize)]
pub(super) struct CellLine {
    shown: String,
    problem: String,
    unusual: String,
    is_name: bool,
}

/// Somebody who is there already, and what may be done.
#[derive(Debug, Serialize)]
pub(super) struct DoubleLine {
    sentence: String,
    may_create: bool,
    may_update: bool,
    chosen: &'static str,
}

/// A choice among rows.
#[derive(Debug, Serialize)]
pub(super) struct Chip {
    key: &'static str,
    label: &'static str,
    count: usize,
    here: bool,
}

/// How the file was read.
#[derive(Debug, Serialize)]
pub(super) struct Reading {
    format: String,
    encoding: String,
    encoding_label: String,
    is_doubtful: bool,
    why: String,
    samples: Vec<(String, String)>,
    encodings: Vec<(String, String)>,
    sheets: Vec<(usize, String)>,
    sheet: usize,
    header: String,
    outside: String,
}

#[derive(Debug, Serialize)]
pub(super) struct DraftPage {
    id: i64,
    file_name: String,
    people: usize,
    created: usize,
    updated: usize,
    cells: usize,
    unusual: usize,
    skipped: usize,
    bad: usize,
    written: usize,
    to_fix: usize,
    reading: Reading,
    units: Vec<(i64, String)>,
    unit_id: i64,
    modes: Vec<(&'static str, &'static str)>,
    mode: &'static str,
    clear: bool,
    types: Vec<(String, String)>,
    personnel_type: String,
    columns: Vec<ColumnLine>,
    choices: Vec<Choices>,
    chips: Vec<Chip>,
    filter: &'static str,
    heads: Vec<(String, String)>,
    rows: Vec<RowLine>,
    before: Option<usize>,
    after: Option<usize>,
    has_doubles: bool,
}

impl Page for DraftPage {
    const TEMPLATE: &'static str = "imports/draft.html";

    fn samples() -> Vec<DraftPage> {
        vec![DraftPage::sample(false), DraftPage::sample(true)]
    }
}

/// Which rows people look at: key, label, whether a row belongs.
const FILTERS: &[(&str, &str, fn(&Verdict) -> bool)] = &[
    ("tat-ca", "Tất cả", |_| true),
    ("loi", "Lỗi", |verdict| verdict.act == Act::Refuse),
    ("xem-lai", "Xem lại", |verdict| !verdict.unusual.is_empty() && verdict.act != Act::Refuse),
    ("bo-qua", "Bỏ qua", |verdict| matches!(verdict.act, Act::Skip(_))),
    ("cap-nhat", "Cập nhật", |verdict| matches!(verdict.act, Act::Change(_))),
];

impl DraftPage {
    /// The screen for an import; `filter` and `from` choose rows.
    pub(super) fn new(task: &Task, import: &Import, report: &Report, visitor: &Visitor, filter: &str, from: usize) -> DraftPage {
        let outcome = &report.outcome;
        let fallback = if outcome.bad > 0 { "loi" } else { "tat-ca" };
        let chosen = FILTERS.iter().find(|(key, ..)| *key == filter).or_else(|| FILTERS.iter().find(|(key, ..)| *key == fallback));
        let (filter, fits) = chosen.map_or(("tat-ca", (|_: &Verdict| true) as fn(&Verdict) -> bool), |(key, _, fits)| (*key, *fits));
        let fitting: Vec<&Verdict> = report.verdicts.iter().filter(|verdict| fits(verdict)).collect();
        let shown = fitting.iter().skip(from).take(SHOWN);
        let used = used_columns(task);
        let modes = Mode::ALL.into_iter().filter(|mode| !mode.updates() || visitor.may("edit_record"));
        let types = task.app.law.catalogue("personnel_types");
        let top = task.units.all().iter().map(|place| place.path.matches('/').count()).min().unwrap_or_default();
        let indent = |path: &str| "\u{a0}\u{a0}".repeat(path.matches('/').count() - top);
        DraftPage {
            id: import.id,
            file_name: import.file_name.clone(),
            people: outcome.rows,
            created: outcome.created,
            updated: outcome.updated,
            cells: outcome.cells,
            unusual: outcome.unusual,
            skipped: outcome.skipped,
            bad: outcome.bad,
            written: outcome.written(),
            to_fix: outcome.bad
                + report.verdicts.iter().filter(|v| matches!(v.act, Act::Skip(_)) && report.fates.doubles.contains_key(&v.row)).count(),
            reading: Reading::new(task),
            units: task.units.all().iter().map(|place| (place.id, format!("{}{}", indent(&place.path), place.name))).collect(),
            unit_id: import.unit_id,
            modes: modes.map(|mode| (mode.code(), mode.label())).collect(),
            mode: import.mode.code(),
            clear: import.mapping.clear,
            types: types.map(|list| list.items.iter().map(|item| (item.code.clone(), item.label_vi.clone())).collect()).unwrap_or_default(),
            personnel_type: import.mapping.personnel_type.clone(),
            columns: columns(task, report),
            choices: targets::choices(&task.app.law, &task.words, &task.own),
            chips: chips(report, filter),
            filter,
            heads: used.iter().map(|(index, target)| (column_letters(*index), target.label(&task.app.law, &task.own))).collect(),
            rows: shown.map(|verdict| RowLine::new(task, report, verdict, &used)).collect(),
            before: (from > 0).then(|| from.saturating_sub(SHOWN)),
            after: (from + SHOWN < fitting.len()).then_some(from + SHOWN),
            has_doubles: !report.fates.doubles.is_empty(),
        }
    }

    #[cfg_attr(not(test), allow(dead_code))]
    fn sample(full: bool) -> DraftPage {
        let cell = |shown: &str, problem: &str, is_name| CellLine {
            shown: shown.into(),
            problem: problem.into(),
            unusual: String::new(),
            is_name,
        };
        let row = |number: usize, act, problem: &str, double| RowLine {
            row: number - 1,
            number,
            cells: vec![cell("Lò Thị Mai", "", true), cell("31/6/1990", problem, false)],
            remarks: Vec::new(),
            act,
            reason: "Trùng số định danh với dòng 12".into(),
            cells_changed: 2,
            double,
        };
        let double = DoubleLine { sentence: "Trùng".into(), may_create: true, may_update: true, chosen: "skip" };
        DraftPage {
            id: 1,
            file_name: "DS.xlsx".into(),
            people: 4,
            created: 1,
            updated: 1,
            cells: 2,
            unusual: 0,
            skipped: 1,
            bad: 1,
            written: usize::from(full) * 2,
            to_fix: usize::from(full) * 2,
            reading: Reading {
                format: "Excel (.xlsx)".into(),
                encoding: String::new(),
                encoding_label: "Unicode (UTF-8)".into(),
                is_doubtful: full,
                why: "Phông .VnTime".into(),
                samples: vec![("Lß".into(), "Lò".into())],
                encodings: vec![("tcvn3".into(), "TCVN3".into())],
                sheets: vec![(0, "Sheet1".into()), (1, "Sheet2".into())],
                sheet: 0,
                header: "Dòng 7 – 8 là tiêu đề".into(),
                outside: String::new(),
            },
            units: vec![(1, "Sở Mẫu".into())],
            unit_id: 1,
            modes: Mode::ALL.into_iter().map(|mode| (mode.code(), mode.label())).collect(),
            mode: "create",
            clear: full,
            types: vec![("vien_chuc".into(), "Viên chức".into())],
            personnel_type: String::new(),
            columns: [Certainty::Sure, Certainty::Guess, Certainty::Unknown]
                .into_iter()
                .map(|certainty| ColumnLine {
                    index: 1,
                    letters: "B".into(),
                    title: "Họ và tên".into(),
                    samples: "Lò Thị Mai".into(),
                    target: "identity.full_name".into(),
                    certainty,
                    split: true,
                    problems: 1,
                    unusual: 1,
                    example: "Tháng 6 chỉ có 30 ngày".into(),
                })
                .collect(),
            choices: vec![Choices { label: "Chung".into(), options: vec![("skip".into(), "(bỏ qua)".into())] }],
            chips: vec![Chip { key: "tat-ca", label: "Tất cả", count: 4, here: true }],
            filter: "tat-ca",
            heads: vec![("B".into(), "Họ và tên".into()), ("C".into(), "Ngày sinh".into())],
            rows: vec![
                row(9, "open", "", None),
                row(10, "change", "", None),
                row(11, "refuse", "Sai", None),
                row(12, "skip", "", Some(double)),
            ],
            before: full.then_some(0),
            after: full.then_some(50),
            has_doubles: full,
        }
    }
}

impl Reading {
    fn new(task: &Task) -> Reading {
        let (book, layout) = (&task.opened.book, &task.opened.layout);
        let detected = &book.encoding;
        let rows = &layout.header_rows;
        let header = match rows.len() {
            0 => "Không thấy dòng tiêu đề".to_owned(),
            1 => format!("Dòng {} là tiêu đề", rows.start + 1),
            _ => format!("Dòng {} – {} là tiêu đề", rows.start + 1, rows.end),
        };
        let mut outside = Vec::new();
        if rows.start > 0 {
            outside.push(format!("{} dòng phía trên", rows.start));
        }
        if !layout.skipped.is_empty() {
            outside.push(format!("{} dòng tên nhóm, cộng, trống ở giữa", layout.skipped.len()));
        }
        if !layout.notes.is_empty() {
            outside.push(format!("{} dòng phía dưới", layout.notes.len()));
        }
        Reading {
            format: book.format.label(),
            encoding: task.mapping.encoding.clone().unwrap_or_default(),
            encoding_label: detected.encoding.label().to_owned(),
            is_doubtful: detected.encoding.is_old() || !detected.samples.is_empty() || task.mapping.encoding.is_some(),
            why: detected.why.clone(),
            samples: detected.samples.iter().take(3).cloned().collect(),
            encodings: Encoding::ALL.iter().map(|encoding| (encoding.code().to_owned(), encoding.label().to_owned())).collect(),
            sheets: book.sheets.iter().enumerate().map(|(place, sheet)| (place, sheet.name.clone())).collect(),
            sheet: task.opened.place,
            header,
            outside: outside.join(", "),
        }
    }
}

impl RowLine {
    fn new(task: &Task, report: &Report, verdict: &Verdict, used: &[(usize, Target)]) -> RowLine {
        let about = |remarks: &[super::reading::Remark], column: usize| {
            remarks
                .iter()
                .filter(|remark| remark.column == Some(column))
                .map(|remark| remark.sentence.clone())
                .collect::<Vec<_>>()
                .join(". ")
        };
        let is_name = |target: &Target| matches!(target, Target::Field(at) if at.section == "identity" && at.field == "full_name");
        let cell = |(index, target): &(usize, Target)| CellLine {
            shown: task.shown(verdict.row, *index),
            problem: about(&verdict.problems, *index),
            unusual: about(&verdict.unusual, *index),
            is_name: is_name(target),
        };
        let beside = verdict.problems.iter().chain(&verdict.unusual).filter(|remark| remark.column.is_none());
        let (act, reason, cells_changed) = match &verdict.act {
            Act::Open => ("open", String::new(), 0),
            Act::Change(cells) => ("change", String::new(), *cells),
            Act::Skip(reason) => ("skip", reason.clone(), 0),
            Act::Refuse => ("refuse", String::new(), 0),
        };
        let double = report.fates.doubles.get(&verdict.row).map(|double: &Double| DoubleLine {
            sentence: double.sentence.clone(),
            may_create: double.may_create,
            may_update: double.may_update,
            chosen: match &verdict.act {
                Act::Open => "create",
                Act::Change(_) => "update",
                Act::Skip(_) | Act::Refuse => "skip",
            },
        });
        RowLine {
            row: verdict.row,
            number: verdict.row + 1,
            cells: used.iter().map(cell).collect(),
            remarks: beside.map(|remark| remark.sentence.clone()).collect(),
            act,
            reason,
            cells_changed,
            double,
        }
    }
}

/// Columns that go somewhere.
fn used_columns(task: &Task) -> Vec<(usize, Target)> {
    let columns = task.mapping.columns.keys().map(|index| (*index, task.mapping.target(*index, &task.app.law)));
    columns.filter(|(_, target)| *target != Target::Skip).collect()
}

fn columns(task: &Task, report: &Report) -> Vec<ColumnLine> {
    let layout = &task.opened.layout;
    let guesses = targets::guess(&task.app.law, &task.words, &task.own, &layout.columns, &|text| task.units.knows(text));
    let known: BTreeMap<usize, targets::Guess> = layout.columns.iter().map(|column| column.index).zip(guesses).collect();
    let line = |column: &paper::sheet::ColumnGuess| {
        let target = task.mapping.target(column.index, &task.app.law);
        let guess = known.get(&column.index);
        let tally = report.by_column.get(&Some(column.index)).cloned().unwrap_or_default();
        ColumnLine {
            index: column.index,
            letters: column_letters(column.index),
            title: column.title(),
            samples: column.samples.iter().take(3).cloned().collect::<Vec<_>>().join(" · "),
            certainty: match guess {
                Some(guess) if guess.target == target => guess.certainty,
                _ => Certainty::Sure,
            },
            split: matches!(target, Target::BirthMale | Target::BirthFemale),
            target: target.code(),
            problems: tally.problems,
            unusual: tally.unusual,
            example: tally.example,
        }
    };
    layout.columns.iter().map(line).collect()
}

fn chips(report: &Report, here: &str) -> Vec<Chip> {
    let chip = |(key, label, fits): &(&'static str, &'static str, fn(&Verdict) -> bool)| {
        let count = report.verdicts.iter().filter(|verdict| fits(verdict)).count();
        Chip { key, label, count, here: *key == here }
    };
    FILTERS.iter().map(chip).filter(|chip| chip.count > 0 || chip.here).collect()
}
