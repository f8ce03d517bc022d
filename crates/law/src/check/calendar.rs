//! The calendar: its years add up, and its notes on the regulations agree with them.

use super::refuse_doubles;
use crate::{
    Law,
    calendar::{
        self, FILE,
        file::{CalendarFile, YearSummary},
    },
    data::{DataSource, Fault},
    regulation::{DueRule, Unit},
};
use jiff::{ToSpan, civil::Date};

pub(super) fn check(source: &DataSource, faults: &mut Vec<Fault>) {
    let (file, calendar) = match (source.parse::<CalendarFile>(FILE), calendar::read(source)) {
        (Ok(file), Ok(calendar)) => (file, calendar),
        (Err(fault), _) | (_, Err(fault)) => return faults.push(fault),
    };
    let mut days: Vec<String> = file.holiday.iter().map(|holiday| holiday.date.to_string()).collect();
    days.extend(file.swap.iter().flat_map(|swap| [swap.day_off.to_string(), swap.day_worked.to_string()]));
    refuse_doubles(FILE, days.iter().map(String::as_str), faults);
    let origins = file.holiday.iter().map(|holiday| (holiday.date, &holiday.source));
    for (day, origin) in origins.chain(file.swap.iter().map(|swap| (swap.day_off, &swap.source))) {
        if !file.sources.contains_key(origin) {
            faults.push(Fault::new(FILE, day.to_string(), format!("không có nguồn {origin} trong sources")));
        }
    }
    for swap in &file.swap {
        let weekend = |day: Date| day.weekday().to_monday_one_offset() > 5;
        if weekend(swap.day_off) || !weekend(swap.day_worked) {
            faults.push(Fault::new(FILE, swap.day_off.to_string(), "hoán đổi phải là nghỉ ngày trong tuần, làm bù ngày cuối tuần"));
        }
    }
    for holiday in file.holiday.iter().filter(|holiday| !file.year_summary.iter().any(|summary| summary.year == holiday.date.year())) {
        faults.push(Fault::new(FILE, holiday.date.to_string(), "thiếu year_summary của năm"));
    }
    for summary in &file.year_summary {
        if let Some(reason) = year_fault(&calendar, summary) {
            faults.push(Fault::new(FILE, format!("year_summary {}", summary.year), reason));
        }
    }
}

/// Counts the days of a year against its summary.
fn year_fault(calendar: &calendar::Calendar, summary: &YearSummary) -> Option<String> {
    let first = Date::new(summary.year, 1, 1).ok()?;
    let days: Vec<_> = first.series(1.day()).take_while(|day| day.year() == summary.year).map(|day| calendar.day(day)).collect();
    let weekend = |day: Date| day.weekday().to_monday_one_offset() > 5;
    let off = days.iter().filter(|day| !weekend(day.date) && !day.is_working()).count();
    let worked = days.iter().filter(|day| weekend(day.date) && day.is_working()).count();
    if (off, worked) != (summary.weekdays_off, summary.weekend_days_worked) {
        return Some(format!("đếm được {off} ngày nghỉ trong tuần và {worked} ngày làm bù, khác với bản tóm tắt"));
    }
    let holidays = [("tet_nguyen_dan", summary.tet_day_1), ("gio_to_hung_vuong", summary.hung_kings_day)];
    let wrong = holidays.into_iter().find(|(kind, day)| calendar.holidays.get(day).is_none_or(|holiday| holiday.kind != *kind));
    wrong.map(|(kind, day)| format!("{day} không phải là {kind}"))
}

/// The terms noted beside the calendar are those of the regulations.
pub(super) fn compare(source: &DataSource, law: &Law, faults: &mut Vec<Fault>) {
    let Ok(file) = source.parse::<CalendarFile>(FILE) else {
        return;
    };
    let regulation = |province: &str| {
        let prefix = if province == "hue_syt" { "HUE".to_owned() } else { province.to_uppercase() };
        law.regulations.iter().find(move |regulation| regulation.identity.prefix == prefix)
    };
    for noted in &file.province_deadline {
        let event = match noted.event.as_str() {
            "new_dossier" => "new_record",
            "person_form" => "declare_new",
            "personal_change" => "change_personal",
            "decision_update" => "change_by_decision",
            "internal_transfer" => "move_internal",
            "external_transfer_send" => "move_out_send",
            "external_transfer_receive" => "move_in_forward",
            other => other,
        };
        let unit = if noted.unit == "working" { Unit::WorkingDays } else { Unit::CalendarDays };
        let same = regulation(&noted.province).and_then(|found| found.deadline(event));
        if same.is_none_or(|deadline| (deadline.number, deadline.unit) != (noted.days, unit)) {
            let key = format!("province_deadline {} {}", noted.province, noted.event);
            faults.push(Fault::new(FILE, key, "khác với thời hạn trong tệp quy chế"));
        }
    }
    for noted in &file.report_deadline {
        let rule = if noted.rule == "before_date" { DueRule::Before } else { DueRule::NoLaterThan };
        let reports = regulation(&noted.province).into_iter().flat_map(|found| &found.reports);
        if !reports.into_iter().any(|report| report.due_rule == rule && report.due.contains(&noted.month_day)) {
            let key = format!("report_deadline {} {}", noted.province, noted.month_day);
            faults.push(Fault::new(FILE, key, "khác với ngày nộp báo cáo trong tệp quy chế"));
        }
    }
}
