//! Ranks and pay over a working life, by the scales and terms of the law.

use super::{
    book::Book,
    career::{self, Career},
    dice::Dice,
    pay::Scale,
    person::Person,
    sheet::{Decision, Sheet},
    time::{Month, shift},
    words::day_of,
};
use vault::Value;

/// A rank taken on.
pub struct RankEvent {
    pub from: Month,
    pub code: String,
    pub event: &'static str,
}

/// A row of pay.
#[derive(Clone)]
pub struct PayRow {
    pub from: Month,
    pub code: String,
    pub step: usize,
    pub coefficient: i64,
    pub over: i64,
    pub kind: &'static str,
}

/// Ranks and pay of a person.
pub struct Paid {
    pub ranks: Vec<RankEvent>,
    pub rows: Vec<PayRow>,
    /// Since when the present step runs.
    pub since: Month,
    /// When the next raise falls due, unless the last step is reached.
    pub due: Option<Month>,
}

/// Ranks by month: the one at the beginning, new codes of the same work, and promotions.
fn ranks(book: &Book, person: &Person<'_>, now: Month, dice: &mut Dice) -> Vec<RankEvent> {
    let ladder = &person.profession.ladder;
    let start = person.start();
    let in_use = |from: &toml::value::Datetime| {
        let from = day_of(from);
        Month::of(from) + i32::from(from.day() > 1)
    };
    let first = ladder.iter().filter(|rung| in_use(&rung.from) <= start).last().unwrap_or_else(|| ladder.at(0));
    let mut all = vec![RankEvent { from: start, code: first.code.clone(), event: "bo_nhiem" }];
    for rung in ladder.iter().filter(|rung| in_use(&rung.from) > start && rung.code != first.code) {
        all.push(RankEvent { from: in_use(&rung.from), code: rung.code.clone(), event: "xep_lai" });
    }
    for raised in &person.profession.raised {
        let share = if person.post.is_some() { raised.share + 35 } else { raised.share };
        let known = book.pay.rank_from(&raised.code).unwrap_or(start) + 9;
        let last = all.last().map_or(start, |event| event.from) + 9;
        let month = (start + (raised.after * 12 + dice.between(0, 60))).max(known).max(last);
        if dice.percent(share) && month < now {
            all.push(RankEvent { from: month, code: raised.code.clone(), event: "nang" });
        }
    }
    all
}

/// Draws ranks and pay up to today.
pub fn draw(book: &Book, person: &Person<'_>, career: &Career<'_>, dice: &mut Dice) -> Paid {
    let now = Month::of(book.words.settings.as_of());
    let ranks = ranks(book, person, now, dice);
    let start = person.start();
    // What was earned before the scales of today was converted on their first day.
    let scales_from = book.pay.scales_from;
    let code = ranks.first().map_or("", |event| event.code.as_str()).to_owned();
    let probation = career.probation.map_or(0, |(months, _)| months);
    let mut run = Run { book, rows: Vec::new(), since: start + probation, code, step: 1, over: 0, early: false };
    run.step = book.pay.entry_step(&run.code, person.degree);
    if start < scales_from {
        let months = run.scale().map_or(36, |scale| scale.months);
        let passed = scales_from.since(run.since).max(0);
        let top = run.scale().map_or(1, |scale| scale.steps.len());
        run.step = (run.step + usize::try_from(passed / months).unwrap_or_default()).min(top);
        run.since = scales_from + -(passed % months);
        run.write(scales_from, "chuyen_xep");
    } else {
        run.write(start, "tuyen_dung");
    }
    let mut changes = ranks.iter().skip(1).peekable();
    loop {
        let due = run.due(career, dice);
        let change = changes.peek().map(|event| event.from).filter(|month| *month <= now);
        match (change, due) {
            (Some(month), due) if due.is_none_or(|(due, _)| month <= due) => {
                if let Some(event) = changes.next() {
                    run.change(&event.code, event.from);
                }
            }
            (_, Some((month, kind))) if month <= now => run.raise(month, kind),
            (_, due) => {
                let planned = run.full_term(career);
                return Paid { ranks, rows: run.rows, since: run.since, due: due.and(planned) };
            }
        }
    }
}

/// Pay under way.
struct Run<'a> {
    book: &'a Book,
    rows: Vec<PayRow>,
    since: Month,
    code: String,
    step: usize,
    over: i64,
    /// Whether the last raise came before its time: never twice in a row.
    early: bool,
}

impl Run<'_> {
    fn scale(&self) -> Option<&Scale> {
        self.book.pay.scale_of(&self.code)
    }

    fn write(&mut self, from: Month, kind: &'static str) {
        let coefficient = self.scale().map_or(0, |scale| scale.coefficient(self.step));
        let row = PayRow { from, code: self.code.clone(), step: self.step, coefficient, over: self.over, kind };
        self.rows.push(row);
    }

    /// The end of the term that runs, put off by a discipline inside it.
    fn full_term(&self, career: &Career<'_>) -> Option<Month> {
        let scale = self.scale()?;
        let at_top = self.step >= scale.steps.len();
        let months = match (at_top, self.over > 0) {
            (true, _) if !scale.over_frame => return None,
            (true, true) => self.book.pay.over_frame.2,
            _ => scale.months,
        };
        let due = self.since + months;
        let delay = career.discipline.as_ref().filter(|found| found.from >= self.since && found.from < due).map_or(0, |found| found.delay);
        Some(due + delay)
    }

    /// The next raise and its kind; nothing on a scale without more to come.
    fn due(&mut self, career: &Career<'_>, dice: &mut Dice) -> Option<(Month, &'static str)> {
        let due = self.full_term(career)?;
        let at_top = self.scale().is_some_and(|scale| self.step >= scale.steps.len());
        let after = self.rows.last().map_or(due, |row| row.from + 1);
        let clean = career.discipline.is_none();
        if at_top {
            return Some((due.max(after), "vuot_khung"));
        }
        let ahead = if clean && !self.early && dice.percent(6) { dice.between(1, 2) * 6 } else { 0 };
        let kind = if ahead > 0 && due + -ahead > after { "truoc_thoi_han" } else { "thuong_xuyen" };
        let month = if kind == "truoc_thoi_han" { due + -ahead } else { due };
        Some((month.max(after), kind))
    }

    fn raise(&mut self, month: Month, kind: &'static str) {
        self.early = kind == "truoc_thoi_han";
        let (first, yearly, _) = self.book.pay.over_frame;
        match kind {
            "vuot_khung" => self.over = if self.over == 0 { first } else { self.over + yearly },
            _ => self.step += 1,
        }
        self.since = month;
        self.write(month, kind);
    }

    /// Takes another rank: the same step on the same scale, else the nearest coefficient that is not less.
    fn change(&mut self, code: &str, month: Month) {
        let (Some(old), Some(new)) = (self.scale().cloned(), self.book.pay.scale_of(code).cloned()) else { return };
        self.code = code.to_owned();
        if old.steps != new.steps {
            let had = old.coefficient(self.step);
            let worth = had + (had * self.over + 50) / 100;
            let increment = old.coefficient(2) - old.coefficient(1);
            self.step = new.step_for(worth);
            let gain = new.coefficient(self.step) - had;
            if self.over > 0 || gain >= increment {
                self.since = month;
            }
            self.over = 0;
        }
        self.write(month, "chuyen_xep");
    }
}

/// Writes ranks, pay and allowances.
pub fn write(book: &Book, person: &Person<'_>, career: &Career<'_>, paid: &Paid, sheet: &mut Sheet) {
    for event in &paid.ranks {
        let mut row: Vec<(&'static str, Value)> = vec![
            ("event", event.event.into()),
            ("rank_code", event.code.as_str().into()),
            ("effective_date", event.from.first_day().into()),
        ];
        row.extend(paper(person, event.from).columns());
        sheet.add("rank_history", row);
    }
    let mut until: Vec<Option<Month>> = paid.rows.iter().skip(1).map(|next| Some(next.from + -1)).collect();
    until.push(None);
    for (row, until) in paid.rows.iter().zip(until) {
        let mut columns: Vec<(&'static str, Value)> = vec![
            ("from_date", row.from.to_string().into()),
            ("to_date", until.map(|month| month.to_string()).into()),
            ("rank_code", row.code.as_str().into()),
            ("grade_step", number(row.step)),
            ("coefficient", row.coefficient.into()),
            ("overgrade_percent", (row.over > 0).then_some(row.over * 100).into()),
            ("raise_kind", row.kind.into()),
        ];
        columns.extend(paper(person, row.from).columns());
        sheet.add("salary_history", columns);
    }
    today(book, person, career, paid, sheet);
    allowances(book, person, career, sheet);
}

fn today(book: &Book, person: &Person<'_>, career: &Career<'_>, paid: &Paid, sheet: &mut Sheet) {
    let (Some(row), Some(rank)) = (paid.rows.last(), paid.ranks.last()) else { return };
    let now = Month::of(book.words.settings.as_of());
    let learning = career.probation.filter(|(months, _)| person.start() + *months > now).map(|(_, percent)| percent * 100);
    let label = book.pay.rank(&rank.code);
    sheet.add(
        "rank_current",
        vec![
            ("rank_code", rank.code.as_str().into()),
            ("rank_name", label.map_or("", |rank| rank.label.as_str()).into()),
            ("rank_appointed_on", rank.from.first_day().into()),
            ("job_grade", label.and_then(|rank| rank.job_grade).into()),
        ],
    );
    let stepped = paid.rows.iter().rev().take_while(|earlier| earlier.step == row.step && earlier.code == row.code).last().unwrap_or(row);
    sheet.add(
        "salary_current",
        vec![
            ("salary_scheme", "ngach_bac".into()),
            ("grade_step", number(row.step)),
            ("coefficient", row.coefficient.into()),
            ("grade_effective_date", if row.over > 0 { stepped.from } else { paid.since }.first_day().into()),
            ("salary_percent", learning.unwrap_or(10_000).into()),
            ("overgrade_percent", (row.over > 0).then_some(row.over * 100).into()),
            ("overgrade_effective_date", (row.over > 0).then_some(paid.since.first_day()).into()),
            ("position_allowance", person.post.and_then(|post| career::coefficient(book, post)).into()),
            ("next_raise_due", paid.due.map(Month::first_day).into()),
        ],
    );
}

fn allowances(book: &Book, person: &Person<'_>, career: &Career<'_>, sheet: &mut Sheet) {
    let now = Month::of(book.words.settings.as_of());
    let mut add = |kind: &str, from: Month, percent: Option<i64>, coefficient: Option<i64>| {
        let mut row: Vec<(&'static str, Value)> = vec![
            ("allowance_type", kind.into()),
            ("from_date", from.to_string().into()),
            ("percent", percent.map(|percent| percent * 100).into()),
            ("coefficient", coefficient.into()),
            ("mode", "Hằng tháng, cùng kỳ lương".into()),
        ];
        row.extend(paper(person, from).columns());
        sheet.add("allowance_history", row);
    };
    if let Some(work) = &person.profession.allowance {
        add(&work.kind, person.start().max(Month::of(day_of(&work.from))), Some(work.percent), None);
    }
    if let Some(held) = career.current() {
        let known = held.post.allowance.as_ref().and_then(|key| book.pay.leading(key)).map_or(held.from, |(_, from)| from);
        add("chuc_vu_lanh_dao", Month::of(held.from.max(known)), None, career::coefficient(book, held.post));
    }
    if let Some(coefficient) = person.who.regional_allowance.get(usize::try_from(person.number % 6).unwrap_or_default()) {
        add("khu_vuc", career.joined.max(Month::new(2005, 1)), None, Some(*coefficient));
    }
    let years = now.since(person.start()) / 12;
    if person.profession.seniority && years > book.words.settings.seniority_after_years {
        add("tham_nien_nha_giao", person.start() + years * 12, Some(i64::from(years)), None);
    }
}

/// The decision on a rank or a step.
fn paper(person: &Person<'_>, from: Month) -> Decision {
    let first_day = from.first_day();
    let number = (u64::from(first_day.month().unsigned_abs()) * 97 + person.number * 13) % 2400 + 15;
    Decision {
        number: format!("{number}/QĐ-{}", first_day.year()),
        signed_on: shift(first_day, -9),
        body: person.place.authority_on(first_day).to_owned(),
    }
}

fn number(step: usize) -> Value {
    i64::try_from(step).unwrap_or_default().into()
}
