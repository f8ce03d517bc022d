//! Printed forms and what a complete dossier has.

use law::{DataSource, Field, Form, Law, Layout};
use std::collections::{BTreeMap, BTreeSet};

fn law() -> Law {
    Law::load(&DataSource::Embedded).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Every field of `form` by item, from the field catalogue.
fn numbered(law: &Law, form: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut items: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in &law.sections {
        for field in &section.fields {
            if let Some(number) = field.item(form) {
                items.entry(number.to_owned()).or_default().insert(format!("{}.{}", section.key, field.key));
            }
        }
    }
    items
}

fn printed(form: &Form) -> BTreeMap<String, BTreeSet<String>> {
    let with_fields = form.items.iter().filter(|item| !item.fields.is_empty());
    with_fields.map(|item| (item.number.clone(), item.fields.iter().map(ToString::to_string).collect())).collect()
}

#[test]
fn official_forms_print_every_numbered_field_under_its_number_and_no_other() {
    let law = law();
    let official: Vec<&Form> = law.forms.values().filter(|form| form.layout == Layout::Official).collect();

    assert_eq!(official.iter().map(|form| form.key.as_str()).collect::<Vec<_>>(), ["2C-2008", "HS02-VC", "TT06-2023"]);
    for form in official {
        assert_eq!(printed(form), numbered(&law, &form.key), "{}", form.key);
    }
}

#[test]
fn items_run_in_the_order_of_the_paper() {
    let law = law();
    let numbers = |key: &str| -> Vec<String> { law.form(key).unwrap().items.iter().map(|item| item.number.clone()).collect() };

    let old = numbers("2C-2008");
    let whole: Vec<u32> = old.iter().filter_map(|number| number.parse().ok()).collect();
    assert_eq!(whole, (1..=32).collect::<Vec<u32>>());
    assert_eq!(old.first().unwrap(), "đầu mẫu");
    assert_eq!(old.last().unwrap(), "cuối mẫu");

    let new = numbers("TT06-2023");
    let whole: Vec<u32> = new.iter().filter_map(|number| number.parse().ok()).collect();
    assert_eq!(whole, (1..=38).collect::<Vec<u32>>());
    let training: Vec<&String> = new.iter().filter(|number| number.starts_with("32.")).collect();
    assert_eq!(training, ["32.1", "32.2", "32.3", "32.4", "32.5", "32.6"]);
}

/// A dossier with every required field, and one row wherever one is needed.
fn complete(law: &Law, form: &str) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    let mut dossier = BTreeMap::new();
    for section in law.sections.iter().filter(|section| section.is_single() || section.needs_a_row) {
        let columns = |field: &&Field| field.columns().iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let row: BTreeSet<String> = law.required_for(form, section).iter().flat_map(columns).collect();
        dossier.insert(section.key.clone(), vec![row]);
    }
    dossier
}

#[test]
fn a_dossier_with_everything_the_form_asks_for_is_complete() {
    let law = law();

    let result = law.completeness("TT06-2023", &complete(&law, "TT06-2023"));

    assert!(result.missing.is_empty());
    assert_eq!(result.percent(), 100);
}

#[test]
fn an_empty_field_and_an_empty_table_are_both_named() {
    let law = law();
    let mut dossier = complete(&law, "TT06-2023");
    dossier.remove("work_history");
    dossier.get_mut("identity").unwrap()[0].remove("birth_date");

    let result = law.completeness("TT06-2023", &dossier);

    let missing: Vec<(&str, Option<&str>)> =
        result.missing.iter().map(|gap| (gap.section.key.as_str(), gap.field.map(|field| field.key.as_str()))).collect();
    assert_eq!(missing, [("identity", Some("birth_date")), ("work_history", None)]);
    assert!(result.percent() < 100);
}

#[test]
fn each_row_of_a_list_must_be_complete_once_it_exists() {
    let law = law();
    let mut dossier = complete(&law, "TT06-2023");
    dossier.insert("disciplines".into(), vec![BTreeSet::from(["system".into()])]);

    let result = law.completeness("TT06-2023", &dossier);

    assert!(result.missing.iter().all(|gap| gap.section.key == "disciplines" && gap.row == Some(0)));
    assert!(result.missing.iter().any(|gap| gap.field.unwrap().key == "form"));
    assert!(!result.missing.iter().any(|gap| gap.field.unwrap().key == "system"));
}

#[test]
fn what_the_form_does_not_have_is_not_asked_for() {
    let law = law();

    assert!(law.required_for("2C-2008", law.section("contact").unwrap()).is_empty());
    assert!(!law.required_for("TT06-2023", law.section("contact").unwrap()).is_empty());
}
