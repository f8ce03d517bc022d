//! Dossiers on paper, as those who print and those who may not see them.

use super::{changes, pages::ChoosePage};
use crate::{
    dossiers,
    page::Page,
    tests::site::{Site, day, today},
};
use law::{Field, Kind, Law, Section, Sensitivity};
use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
};
use vault::{Basis, Permission, Value};

struct Write;

impl Permission for Write {
    const CODE: &'static str = "create_record";
}

/// Opens a dossier at the hospital for somebody of this kind of staff, with a contract of that kind where it takes one.
async fn kind_of_staff(site: &Site, number: &str, kind: &str, contract: Option<&String>) -> i64 {
    let id = site.person(site.hospital, "Hà Thị Xuân", "2", "1992-05-01", number).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let address = format!("/ho-so/{id}/muc/dossier_header");
    let version =
        clerk.open(&address).await.body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = [("phien_ban", version.as_str()), ("personnel_type", kind), ("ly_do", "theo quyết định"), ("xac_nhan", "1")];
    clerk.submit(&address, &form).await.is(303);
    if let Some(contract) = contract {
        let row = [("dong", ""), ("phien_ban", "0"), ("contract_type", contract.as_str()), ("start_date", "01/03/2024")];
        clerk.submit(&format!("/ho-so/{id}/muc/contracts"), &row).await.is(303);
    }
    id
}

/// The text of each page of a PDF.
fn pages_of(pdf: &[u8]) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let run = Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").stderr(Stdio::null()).output();
    let text = String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap().replace(['\u{2060}', '\u{200b}'], "");
    text.trim_end_matches('\u{c}').split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The text of a PDF with runs of blanks made one.
pub(crate) fn text_of(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let run = Command::new("pdftotext").args(["-raw"]).arg(file.path()).arg("-").stderr(Stdio::null()).output();
    let text = String::from_utf8(run.expect("pdftotext of poppler-utils").stdout).unwrap();
    text.replace(['\u{2060}', '\u{200b}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word that stands for one field and nothing else.
fn word(law: &Law, section: &Section, field: &Field) -> String {
    let place = law.sections.iter().flat_map(|known| known.fields.iter().map(move |field| (known, field)));
    let number = place.into_iter().position(|(known, found)| known.key == section.key && found.key == field.key).unwrap();
    format!("chữ{number}x")
}

/// Something in every column that holds words, and in those that do not as far as a print needs them.
fn columns(law: &Law, section: &Section) -> Vec<(String, Value)> {
    let mut set = Vec::new();
    for field in &section.fields {
        let text = word(law, section, field);
        match field.kind {
            Kind::Text => set.push((field.key.clone(), Value::from(text.as_str()))),
            Kind::Address => set.push((format!("{}_as_written", field.key), Value::from(text.as_str()))),
            Kind::Decision => set.push((format!("{}_number", field.key), Value::from(text.as_str()))),
            Kind::PartialDate => set.push((field.key.clone(), Value::from("2003-09"))),
            Kind::Date => set.push((field.key.clone(), Value::from("2011-05-19".parse::<jiff::civil::Date>().unwrap()))),
            Kind::Decimal => set.push((field.key.clone(), Value::Int(508))),
            Kind::Int => set.push((field.key.clone(), Value::Int(7))),
            Kind::Bool => set.push((field.key.clone(), Value::Bool(true))),
            Kind::Enum => {
                let code = field.catalogue.as_ref().and_then(|key| law.catalogue(key)).and_then(|list| list.items.first());
                set.extend(code.map(|item| (field.key.clone(), Value::from(item.code.as_str()))));
            }
            Kind::File => {}
        }
    }
    set
}

/// Opens a dossier at the hospital in which everything is filled in.
async fn full(site: &Site) -> i64 {
    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let mut change = db.change(&console.may::<Write>().unwrap(), "dossier.open").await.unwrap();
    change.rests_on(Basis::Correction("dữ liệu kiểm thử".into()));
    let law = &site.app.law;
    let sections = law.sections.iter().map(|section| (section.key.clone(), columns(law, section))).collect();
    let id = change.open_dossier(site.hospital, "2C-2008", sections).await.unwrap();
    change.commit().await.unwrap();
    id
}

/// What a paper prints only where another field is empty: form and field.
const SECOND_CHOICE: &[(&str, &str)] = &[
    ("2C-2008", "officer_card.officer_number"),
    ("HS02-VC", "officer_card.officer_number"),
    ("TT06-2023", "officer_card.officer_number"),
    ("TT06-2023", "identity_documents.number"),
    ("TT06-2023", "planning.title"),
];

#[tokio::test]
async fn every_item_that_is_filled_in_stands_on_the_paper() {
    let site = Site::under("lang-son-2022").await;
    let id = full(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let law = site.app.law.clone();
    for form in law.forms.values() {
        let answer = clerk.open(&format!("/ho-so/{id}/in/{}?tep=pdf", form.key)).await;
        assert!(answer.bytes.starts_with(b"%PDF"), "{}: {}", form.key, answer.status);
        let (text, plain) = (text_of(&answer.bytes), text_of(&answer.bytes).to_lowercase());
        let mut missing = BTreeSet::new();
        for item in &form.items {
            for named in item.fields.iter().filter(|named| !SECOND_CHOICE.contains(&(form.key.as_str(), named.to_string().as_str()))) {
                let section = law.section(&named.section).unwrap();
                let field = section.field(&named.field).unwrap();
                let is_words = matches!(field.kind, Kind::Text | Kind::Address | Kind::Decision);
                if is_words && named.section != "supplement_forms" && !plain.contains(&word(&law, section, field)) {
                    missing.insert(format!("{} {named}", item.number));
                }
            }
        }
        assert!(missing.is_empty(), "{} lacks {missing:?} in:\n{text}", form.key);
    }
}

#[tokio::test]
async fn every_page_says_that_it_is_an_electronic_cv_with_unit_and_day_of_printing() {
    let site = Site::under("lang-son-2022").await;
    let law = site.app.law.clone();
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let subjects: Vec<&str> =
        law.clause("LS-1").unwrap().parameters["subjects"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(subjects.len(), 5);
    for (place, subject) in subjects.iter().enumerate() {
        let codes = &law.crosswalk.subject[*subject];
        let kind = codes.personnel_types[0].clone();
        let id = kind_of_staff(&site, &format!("01519200001{place}"), &kind, codes.contract_types.first()).await;
        let form = law.declaration_form(law.regulation("lang-son-2022").unwrap(), &kind).unwrap().key.clone();
        let print = format!("/ho-so/{id}/in/{form}");
        let foot = format!("Lý lịch điện tử do Bệnh viện Đa khoa quản lý, in ngày {} tại Tỉnh Mẫu", day(0));
        let pdf = admin.open(&print).await;
        let pages = pages_of(&pdf.is(200).bytes);
        assert!(pages.iter().all(|page| page.contains(&foot)), "{subject} on {form}: {pages:?}");
        let word = admin.open(&format!("{print}?tep=docx")).await;
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&word.is(200).bytes[..])).unwrap();
        let written = std::io::read_to_string(zip.by_name("word/footer.xml").unwrap()).unwrap();
        assert!(written.contains(&foot), "{subject}: {written}");
    }
}

#[tokio::test]
async fn dates_figures_and_codes_are_written_as_people_write_them() {
    let site = Site::under("lang-son-2022").await;
    let id = full(&site).await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let text = text_of(&clerk.open(&format!("/ho-so/{id}/in/2C-2008")).await.bytes);
    let rank = site.app.law.catalogue("ranks").map_or("01.001", |list| list.items[0].code.as_str());
    for words in ["5,08", "09/2003", "19/05/2011", &format!("Mã ngạch: {rank}")] {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
    let bare = text_of(&clerk.open(&format!("/ho-so/{}/in/2C-2008", site.mai)).await.bytes);
    assert!(bare.contains("LÒ THỊ MAI") && bare.contains("28 tháng 02 năm 1990"), "{bare}");
    assert!(bare.contains("Sở Y tế") && bare.contains("Bệnh viện Đa khoa"), "the head names the unit and the body above it: {bare}");
}

#[tokio::test]
async fn a_print_is_on_the_record_and_its_name_says_nothing_of_the_person() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let answer = clerk.open(&format!("/ho-so/{}/in/TT06-2023?tep=pdf", site.mai)).await;
    assert_eq!(answer.headers.get("content-type").unwrap(), "application/pdf");
    assert_eq!(answer.headers.get("x-content-type-options").unwrap(), "nosniff");
    assert_eq!(answer.headers.get("cache-control").unwrap(), "no-store");
    let named = answer.headers.get("content-disposition").unwrap().to_str().unwrap();
    assert_eq!(named, format!("inline; filename=\"ho-so-{}-TT06-2023.pdf\"", site.mai));
    let word = clerk.open(&format!("/ho-so/{}/in/TT06-2023?tep=docx", site.mai)).await;
    assert!(word.bytes.starts_with(b"PK"));

    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let history = db.read(&console.may::<Write>().unwrap()).history(site.mai, 10).await.unwrap();
    let prints = history.iter().filter(|entry| entry.text("act").unwrap() == "dossier.print");
    let noted: Vec<serde_json::Value> = prints.map(|entry| entry.get("diff").unwrap()).collect();
    let formats: BTreeSet<&str> = noted.iter().map(|diff| diff["format"].as_str().unwrap()).collect();
    assert_eq!((noted.len(), noted[0]["form"].as_str()), (2, Some("TT06-2023")));
    assert_eq!(formats, BTreeSet::from(["docx", "pdf"]));
}

#[tokio::test]
async fn nothing_is_printed_outside_the_area_or_of_an_unknown_form() {
    let site = Site::yen_bai().await;
    let mut sibling = site.sign_in_as("unit_head", site.finance).await;
    for path in ["in", "in/2C-2008", "in/PBS"] {
        sibling.open(&format!("/ho-so/{}/{path}", site.mai)).await.is(404);
    }
    let site = Site::under("dong-thap-2014").await;
    let own = site.account("person", site.hospital, Some(site.mai)).await;
    let mut person = site.sign_in(&own).await;
    assert!(person.open(&format!("/ho-so/{}/in/2C-2008", site.mai)).await.bytes.starts_with(b"%PDF"));
    person.open(&format!("/ho-so/{}/in/2C-2008", site.an)).await.is(404);
    person.open(&format!("/ho-so/{}/in/khong-co", site.mai)).await.is(404);
}

#[tokio::test]
async fn what_the_viewer_may_not_read_is_not_printed() {
    let site = Site::yen_bai().await;
    let mut head = site.sign_in_as("unit_head", site.health).await;
    let id = full(&site).await;
    head.state_purpose(id).await;
    head.open(&format!("/ho-so/{id}/in")).await.is(200).sees("ngoài phạm vi được xem");
    let law = site.app.law.clone();
    for form in law.forms.values() {
        let text = text_of(&head.open(&format!("/ho-so/{id}/in/{}", form.key)).await.bytes).to_lowercase();
        for section in &law.sections {
            for field in section.fields.iter().filter(|field| field.sensitivity > Sensitivity::PublicInUnit) {
                let word = word(&law, section, field);
                assert!(!text.contains(&word), "{} shows {}.{}", form.key, section.key, field.key);
            }
        }
    }
    let text = text_of(&head.open(&format!("/ho-so/{id}/in/2C-2008")).await.bytes);
    assert!(text.contains("(không thuộc phạm vi được xem)"), "{text}");
}

#[tokio::test]
async fn the_form_of_the_regulation_is_offered_first_with_its_article() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open(&format!("/ho-so/{}/in", site.mai)).await;
    page.is(200).sees("mẫu theo quy chế").sees("YB-11.1.b").sees("bố cục của phần mềm").sees("Phiếu bổ sung lý lịch");
    let first = page.body.find("eCBCCVC-2016").unwrap();
    assert!(first < page.body.find("in/2C-2008").unwrap(), "the form of the regulation comes first");
    let text = text_of(&clerk.open(&format!("/ho-so/{}/in/eCBCCVC-2016", site.mai)).await.bytes);
    for words in ["trình bày của phần mềm", "Lò Thị Mai", "Người khai", "Thủ trưởng cơ quan, đơn vị"] {
        assert!(text.contains(words), "{words} is missing in:\n{text}");
    }
}

#[tokio::test]
async fn the_supplement_lists_what_changed_in_its_period() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let print = format!("/ho-so/{}/in/PBS", site.mai);
    clerk.open(&format!("{print}?tu=01/13/2026&den={}", day(0))).await.is(422).sees("Nhập ngày dạng dd/mm/yyyy").sees("01/13/2026");
    clerk.open(&format!("{print}?tu={}&den=01/11/2026", day(0))).await.is(422).sees("không được trước ngày đầu");
    let text = text_of(&clerk.open(&format!("{print}?tu=01/02/2026&den={}", day(0))).await.bytes);
    assert!(
        text.contains("từ ngày 01 tháng 02 năm 2026")
            && text.contains(&format!("đến ngày {}", crate::day_of(today()).strftime("%d tháng %m năm %Y"))),
        "{text}"
    );

    let db = &site.app.db;
    let console = db.console_viewer(db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let grant = console.may::<Write>().unwrap();
    let law = &site.app.law;
    let before = dossiers::sheet(&mut db.read(&grant), law, site.mai).await.unwrap();
    let mut change = db.change(&grant, "section.write").await.unwrap();
    change.rests_on(Basis::Correction("bổ sung".into()));
    let degree: [(&str, Value); 2] = [("institution", "Trường Đại học Tây Bắc".into()), ("from_date", "2019-09".into())];
    change.write_section(site.mai, "degree_history", None, &degree).await.unwrap();
    change.commit().await.unwrap();
    let after = dossiers::sheet(&mut db.read(&grant), law, site.mai).await.unwrap();
    let rows = changes::between(law, &before, &after, Sensitivity::Secret);
    assert_eq!(rows.len(), 1);
    assert!(rows[0]["after"].contains("Trường Đại học Tây Bắc") && !rows[0].contains_key("before"));
    assert_eq!(rows[0]["effective_on"], "09/2019");
    assert!(changes::between(law, &before, &before, Sensitivity::Secret).is_empty());
    assert!(changes::between(law, &before, &after, Sensitivity::PublicInUnit).iter().all(|row| !row.contains_key("before")));
    assert_eq!(changes::between(law, &after, &before, Sensitivity::Secret)[0]["after"], "Bỏ nội dung này");
}

#[tokio::test]
async fn every_sample_of_the_choice_renders() {
    let site = Site::yen_bai().await;
    for page in ChoosePage::samples() {
        let page = minijinja::Value::from_serialize(&page);
        let frame = minijinja::context! { nav => Vec::<String>::new(), may => minijinja::context! { search => true }, person => "", role => "", unit_name => "", regulation => "", assets => "", version => "", today => "" };
        site.app.templates.get_template(ChoosePage::TEMPLATE).unwrap().render(minijinja::context! { frame, ..page }).unwrap();
    }
}

#[tokio::test]
async fn those_who_are_ticked_are_printed_together_and_each_print_is_on_the_record() {
    let site = Site::yen_bai().await;
    let dung = site.person(site.hospital, "Đỗ Thị Dung", "2", "1991", "015191000003").await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let (mai, dung) = (site.mai.to_string(), dung.to_string());
    let answer = clerk.submit("/ho-so/in-ly-lich", &[("ve", ""), ("chon", &mai), ("chon", &dung), ("chon", &mai)]).await;
    assert_eq!(answer.is(200).headers.get("content-type").unwrap(), "application/zip");
    for name in ["01-lo-thi-mai.pdf", "02-do-thi-dung.pdf"] {
        assert!(answer.bytes.windows(name.len()).any(|bytes| bytes == name.as_bytes()), "{name}");
    }
    assert!(!answer.bytes.windows(3).any(|bytes| bytes == b"03-"), "nobody is printed twice");
    let history = clerk.open(&format!("/ho-so/{dung}/lich-su")).await;
    history.is(200).sees("in ");
    clerk.submit("/ho-so/in-ly-lich", &[("ve", "")]).await.is(422).sees("Chưa chọn ai");
    let an = site.an.to_string();
    clerk.submit("/ho-so/in-ly-lich", &[("chon", &mai), ("chon", &an)]).await.is(404);
}
