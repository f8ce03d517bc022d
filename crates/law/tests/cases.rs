//! Every file of `cases/` comes out as it says.

use law::{CaseReport, DataSource, Law};
use std::{fs, path::Path};

fn run(name: &str) -> CaseReport {
    let law = Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(name);
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    law.run_cases(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_worked_examples_come_out_and_topics_without_a_rule_are_counted_as_skipped() {
    let report = run("test-vectors.toml");

    assert_eq!(report.failed, 0, "{report}");
    assert_eq!(report.passed, 11, "{report}");
    assert_eq!(report.passed + report.skipped, 83);
}

#[test]
fn a_case_that_fails_says_what_was_expected_what_came_and_how() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let text = r#"
        [[vector]]
        id = "X"
        topic = "deadline"
        input = { regulation = "yen-bai-2020", event = "move_out_send", date = 2021-02-08 }
        expected = { due = 2021-02-15 }
        reference = "YB-12.2"
    "#;

    let report = law.run_cases(text).unwrap();

    let failure = report.failures.first().unwrap();
    assert_eq!(failure.expected, "due = 2021-02-15");
    assert_eq!(failure.got, "due = 2021-02-22");
    assert!(failure.steps.iter().any(|step| step.contains("Tết Nguyên đán")), "{:?}", failure.steps);
    assert!(report.to_string().ends_with("0 passed, 1 failed, 0 skipped"));
}

#[test]
fn a_case_that_asks_for_an_unknown_key_fails() {
    let law = Law::load(&DataSource::Embedded).unwrap();
    let text = r#"
        [[vector]]
        id = "X"
        topic = "working_day"
        input = { day = 2021-02-08 }
        expected = { working_day = true }
        reference = "-"
    "#;

    assert_eq!(law.run_cases(text).unwrap().failed, 1);
}

#[test]
fn every_term_of_every_regulation_comes_out_as_its_cases_say() {
    let regulations = ["yen-bai-2020", "lang-son-2022", "dong-thap-2014", "vinh-phuc-2024", "hue-health-2017"];
    for regulation in regulations {
        let name = format!("deadlines-{regulation}.toml");
        let report = run(&name);

        assert_eq!((report.failed, report.skipped), (0, 0), "{name}\n{report}");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(&name)).unwrap();
        for event in law::regulation::DEADLINES {
            assert!(text.contains(&format!("event = \"{event}\"")), "{name} has no case for {event}");
        }
    }
}

#[test]
fn days_off_and_report_dates_come_out_as_their_cases_say() {
    for name in ["working-days.toml", "date-rules.toml"] {
        let report = run(name);

        assert_eq!((report.failed, report.skipped), (0, 0), "{name}\n{report}");
    }
}
