//! Cells that fill several columns: an address and its codes, a pay with rank, step and coefficient.

use super::{
    cells::{Said, say},
    pay,
    reading::{KEPT, Memo, Plan, Reading, Slot, slot},
};
use law::{FieldRef, Kind};
use paper::sheet::Cell;

/// Sections of what one cell says of somebody's pay.
pub(super) struct PaySlots {
    rank: usize,
    salary: usize,
    code: Slot,
}

/// Columns of an address, in the order in which they are read.
pub(super) const ADDRESS: &[&str] = &["as_written", "model", "detail", "province_code", "district_code", "commune_code"];
const RANK: &str = "rank_current";
const SALARY: &str = "salary_current";
/// Columns of somebody's pay, in the order in which they are read.
pub(super) const PAY: &[(&str, &str)] = &[
    (RANK, "rank_code"),
    (SALARY, "grade_step"),
    (SALARY, "coefficient"),
    (SALARY, "overgrade_percent"),
    (SALARY, "grade_effective_date"),
];

impl Slot {
    /// The column of a part of an address.
    pub(super) fn part(&self, part: &str) -> String {
        format!("{}_{part}", self.column.trim_end_matches("_as_written"))
    }
}

impl PaySlots {
    /// The place of a section.
    pub(super) fn of(&self, section: &str) -> usize {
        if section == RANK { self.rank } else { self.salary }
    }
}

impl Plan<'_> {
    /// Where the parts of somebody's pay go.
    pub(super) fn pay(&mut self) -> Option<PaySlots> {
        let code = self.slot(&FieldRef { section: RANK.into(), field: "rank_code".into() })?;
        Some(PaySlots { rank: code.section, salary: self.section(SALARY)?, code })
    }

    /// The words are kept as they are; codes stand beside them where they leave no choice.
    pub(super) fn read_address(&self, to: &Slot, text: String, reading: &mut Reading, memo: &mut Memo) {
        if memo.addresses.len() >= KEPT {
            memo.addresses.clear();
        }
        let find = || self.places.as_ref().and_then(|places| places.code(&text));
        let coded = memo.addresses.entry(text.clone()).or_insert_with(find).clone().unwrap_or_default();
        let model = if coded.model.is_empty() { "free_text" } else { coded.model };
        let parts = [text, model.to_owned(), coded.detail, coded.province, coded.district, coded.commune];
        for (part, value) in ADDRESS.iter().zip(parts) {
            *slot(reading, to.section, &to.part(part)) = value;
        }
    }

    /// What other columns say of the pay is believed first.
    pub(super) fn read_pay(&self, place: usize, column: usize, to: &PaySlots, cell: &Cell, reading: &mut Reading, memo: &mut Memo) {
        let text = match say(Kind::Text, &[], cell, self.today) {
            Said::Text(text) | Said::Unusual(text, _) => text,
            Said::Nothing => return,
            Said::Unclear(sentence) => return reading.problem(Some(column), sentence),
        };
        let unclear = || format!("Không tách được ngạch, bậc, hệ số. Ghi như {}", pay::EXAMPLE);
        let Some(mut said) = self.law.catalogue("ranks").and_then(|ranks| pay::split(&text, ranks)) else {
            return reading.problem(Some(column), unclear());
        };
        // A month counts from its first day, as in a column of its own.
        if let Said::Text(day) | Said::Unusual(day, _) = say(Kind::Date, &[], &Cell::text(&said.since), self.today) {
            said.since = day;
        }
        if said.rank.is_empty() && !said.words.is_empty() {
            match self.code(place, &to.code, said.words, memo) {
                Ok(code) => said.rank = code,
                Err(sentence) => return reading.problem(Some(column), format!("{}. {sentence}", unclear())),
            }
        }
        for ((section, name), value) in PAY.iter().zip([said.rank, said.step, said.coefficient, said.beyond, said.since]) {
            let (section, value) = (to.of(section), value);
            if !value.is_empty() && reading.text(section, name).is_empty() {
                *slot(reading, section, name) = value;
            }
        }
    }
}
