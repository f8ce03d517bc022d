//! Terms: when something is due, and why.

use jiff::civil::{Date, date};
use law::{DataSource, Law, NoDue, calendar::Certainty};

fn law() -> Law {
    Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn sending_a_dossier_over_tet_says_which_days_counted_and_which_did_not() {
    let law = law();

    let due = law.due("yen-bai-2020", "move_out_send", date(2021, 2, 8)).unwrap();

    assert_eq!(due.on, date(2021, 2, 22));
    assert_eq!(due.responsible, "superior_managing_body");
    assert_eq!(due.responsible_vi, "Cơ quan quản lý cấp trên trực tiếp");
    assert_eq!(due.because.first().unwrap().source, "Điều 12 khoản 2, 1980/QĐ-UBND");
    let counted: Vec<Date> = due.days.iter().filter(|day| day.counted.is_some()).map(|day| day.date).collect();
    assert_eq!(counted, [date(2021, 2, 9), date(2021, 2, 17), date(2021, 2, 18), date(2021, 2, 19), date(2021, 2, 22)]);
    let tet = due.days.iter().find(|day| day.date == date(2021, 2, 12)).unwrap();
    assert_eq!((tet.counted, tet.why.as_str()), (None, "thứ Sáu, Tết Nguyên đán"));
}

#[test]
fn an_event_before_the_regulation_has_no_term_and_says_so() {
    let law = law();

    assert_eq!(law.due("yen-bai-2020", "move_out_send", date(2020, 9, 6)), Err(NoDue::BeforeEffect(date(2020, 9, 7))));
    assert!(law.due("yen-bai-2020", "move_out_send", date(2020, 9, 7)).is_ok());
    assert_eq!(law.due("hue-health-2017", "leave_service", date(2017, 9, 1)), Err(NoDue::NotActivated));
    assert!(matches!(law.due("yen-bai-2020", "monthly_approval", date(2021, 1, 31)), Err(NoDue::Disabled { .. })));
    assert!(matches!(law.due("yen-bai-2020", "no_such_event", date(2021, 1, 31)), Err(NoDue::UnknownEvent(_))));
    assert!(matches!(law.due("nowhere", "move_out_send", date(2021, 1, 31)), Err(NoDue::UnknownRegulation(_))));
}

#[test]
fn a_silent_term_is_marked_as_a_default() {
    let law = law();

    let due = law.due("vinh-phuc-2024", "leave_service", date(2024, 7, 1)).unwrap();

    assert!(due.silent);
    assert_eq!(due.article, "silent");
    assert!(due.because.first().unwrap().sentence.contains("mặc định, quy chế không quy định"));
}

#[test]
fn a_year_without_a_list_of_holidays_gives_a_provisional_day() {
    let law = law();
    assert_eq!(law.calendar.certainty(2030), Certainty::Missing);
    assert_eq!(law.calendar.certainty(2027), Certainty::Estimated);

    let due = law.due("yen-bai-2020", "move_internal", date(2030, 1, 1)).unwrap();

    assert!(due.provisional);
    assert!(due.because.last().unwrap().sentence.contains("Chưa có lịch nghỉ năm 2030"));
    assert!(law.due("yen-bai-2020", "move_internal", date(2027, 3, 1)).unwrap().provisional);
    assert!(!law.due("yen-bai-2020", "move_internal", date(2026, 3, 2)).unwrap().provisional);
}

#[test]
fn each_year_of_the_calendar_has_the_days_off_that_its_summary_counts() {
    let law = law();
    let (mut off, mut worked) = (0, 0);
    for day in law.calendar.days_after(date(2025, 12, 31)).take_while(|day| day.date.year() == 2026) {
        let weekend = day.date.weekday().to_monday_one_offset() > 5;
        off += usize::from(!weekend && !day.is_working());
        worked += usize::from(weekend && day.is_working());
    }

    assert_eq!((off, worked), (14, 2));
}

#[test]
fn a_report_before_a_date_aims_at_the_last_working_day_and_is_late_from_the_date() {
    let law = law();
    let yen_bai = law.regulation("yen-bai-2020").unwrap();
    let report = yen_bai.reports.iter().find(|report| report.code == "semiannual_unit").unwrap();

    let dates = law.report_due(yen_bai, report, 2021);

    assert_eq!(dates.iter().map(|due| due.on).collect::<Vec<_>>(), [date(2021, 1, 8), date(2021, 6, 9)]);
    assert_eq!(dates.iter().map(|due| due.late_from).collect::<Vec<_>>(), [date(2021, 1, 10), date(2021, 6, 10)]);
    assert!(law.report_due(yen_bai, report, 2020).is_empty(), "the regulation is of September 2020");
}

#[test]
fn the_day_alone_is_the_day_that_is_explained() {
    let law = law();
    let mut compared = 0;
    for regulation in &law.regulations {
        let regulation = if regulation.waits_for_activation() { regulation.activated("", date(2017, 8, 1)) } else { regulation.clone() };
        for deadline in &regulation.deadlines {
            let first = date(2013, 12, 20);
            for day in first.series(jiff::ToSpan::days(3)).take_while(|day| day.year() < 2034) {
                let explained = law.due_under(&regulation, &deadline.id, day).map(|due| due.on);
                assert_eq!(law.due_on(&regulation, &deadline.id, day), explained, "{} {} {day}", regulation.code(), deadline.id);
                compared += 1;
            }
            // Beyond the years that are counted once it is walked.
            let far = date(2060, 12, 30);
            assert_eq!(law.due_on(&regulation, &deadline.id, far), law.due_under(&regulation, &deadline.id, far).map(|due| due.on));
        }
    }
    assert!(compared > 100_000);
}
