//! Transfers between two units, as both sides make them.

use crate::tests::site::{Answer, Browser, Site, day};

const PDF: (&str, &[u8]) = ("QĐ 412.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF");

/// A scan without a signature, declared to be a copy.
const DECLARED: [(&str, &str); 1] = [("loai_ban", COPY)];
const COPY: &str = "chung_thuc";

async fn send(browser: &mut Browser, dossier: i64, to: i64, scan: bool, more: &[(&str, &str)]) -> Answer {
    let (unit, signed, effective) = (to.to_string(), day(-4), day(-2));
    let facts =
        [("unit", unit.as_str()), ("effective_on", &effective), ("number", "412/QĐ-SNV"), ("signed_on", &signed), ("body", "Sở Nội vụ")];
    let fields: Vec<(&str, &str)> =
        facts.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)).chain(more.iter().copied()).collect();
    let file = if scan { PDF } else { ("", &b""[..]) };
    browser.upload(&format!("/ho-so/{dossier}/chuyen"), &fields, "tep", file).await
}

/// The first transfer of a list: id and version.
async fn first(browser: &mut Browser, list: &str, act: &str) -> (String, String) {
    let page = browser.open(list).await;
    let rest = page
        .is(200)
        .body
        .split("/chuyen-ho-so/")
        .find(|rest| rest.split('"').next().is_some_and(|end| end.ends_with(act)))
        .expect("an act")
        .to_owned();
    let id = rest.split('/').next().unwrap().to_owned();
    let version = rest.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (id, version)
}

#[tokio::test]
async fn the_body_above_sends_with_the_scan_and_the_receiver_takes_in_and_hands_on() {
    let site = Site::yen_bai().await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut hospital = site.sign_in_as("operator", site.hospital).await;
    hospital.open(&format!("{mai}/chuyen")).await.is(200).sees("YB-12.2");
    let refused = send(&mut hospital, site.mai, site.finance, true, &[]).await;
    refused.is(422).sees("gửi. Đề nghị nơi đó chuyển (YB-12.2)").sees("412/QĐ-SNV");
    let mut health = site.sign_in_as("unit_admin", site.health).await;
    send(&mut health, site.mai, site.finance, false, &[]).await.is(422).sees("chưa có bản quét thì chưa chuyển được (YB-12.2.y)");
    send(&mut health, site.mai, 999, true, &[("number", ""), ("signed_on", "x")]).await.is(422).summary_follows_the_form(3);
    send(&mut health, site.mai, site.finance, true, &[]).await.is(303);
    health.open("/chuyen-ho-so?huong=di").await.is(200).sees("Lò Thị Mai").sees("chờ nơi nhận").sees("YB-12.2.x").sees("Hủy lần chuyển");
    // Nobody sends it twice; the sender keeps it meanwhile.
    health.open(&format!("{mai}/chuyen")).await.is(200).sees("đang được chuyển");
    hospital.open(&mai).await.is(200);
    let mut finance = site.sign_in_as("operator", site.finance).await;
    finance.open(&mai).await.is(404);
    finance.open("/chuyen-ho-so").await.is(200).sees("Lò Thị Mai").sees("Tiếp nhận").misses(&format!("href=\"{mai}\""));
    finance.open("/thoi-han").await.is(200).sees("Tiếp nhận, chuyển tiếp hồ sơ").sees("/quy-che/dieu/YB-12.2.x");
    let (id, version) = first(&mut finance, "/chuyen-ho-so", "nhan").await;
    health.submit(&format!("/chuyen-ho-so/{id}/nhan"), &[("version", &version)]).await.is(404);
    finance.submit(&format!("/chuyen-ho-so/{id}/nhan"), &[("version", &version), ("unit", "")]).await.is(303);
    finance.open(&mai).await.is(200).sees("Sở Tài chính");
    hospital.open(&mai).await.is(404);
    hospital.open("/ho-so").await.is(200).misses("Lò Thị Mai");
    // Taken in, not handed on: the clock still runs.
    finance.open("/thoi-han").await.is(200).sees("Tiếp nhận, chuyển tiếp hồ sơ</a></h3>");
    let (id, version) = first(&mut finance, "/chuyen-ho-so", "chuyen-tiep").await;
    finance
        .submit(&format!("/chuyen-ho-so/{id}/chuyen-tiep"), &[("version", &version), ("unit", "")])
        .await
        .is(422)
        .sees("Chọn đơn vị sử dụng");
    let own = site.finance.to_string();
    finance.submit(&format!("/chuyen-ho-so/{id}/chuyen-tiep"), &[("version", &version), ("unit", &own)]).await.is(303);
    finance.open("/thoi-han").await.is(200).misses("Tiếp nhận, chuyển tiếp hồ sơ</a></h3>");
    health.open("/chuyen-ho-so?huong=di").await.is(200).sees("đã nhận");
}

#[tokio::test]
async fn the_current_unit_sends_where_the_regulation_says_so_and_both_sides_may_end_it() {
    let site = Site::under("lang-son-2022").await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut hospital = site.sign_in_as("operator", site.hospital).await;
    send(&mut hospital, site.mai, site.finance, false, &[]).await.is(422).sees("chưa chuyển được (mặc định, quy chế không quy định)");
    send(&mut hospital, site.mai, site.finance, true, &DECLARED).await.is(303);
    let mut finance = site.sign_in_as("operator", site.finance).await;
    let (id, version) = first(&mut finance, "/chuyen-ho-so", "tra").await;
    finance.submit(&format!("/chuyen-ho-so/{id}/tra"), &[("version", &version), ("reason", "")]).await.is(422).sees("Ghi lý do trả lại");
    finance.submit(&format!("/chuyen-ho-so/{id}/tra"), &[("version", &version), ("reason", "chưa có quyết định tiếp nhận")]).await.is(303);
    hospital.open("/chuyen-ho-so?huong=di").await.is(200).sees("trả lại").sees("chưa có quyết định tiếp nhận");
    hospital.open(&mai).await.is(200);
    finance.open("/thoi-han").await.is(200).sees("Không có việc nào");
    send(&mut hospital, site.mai, site.finance, true, &DECLARED).await.is(303);
    let (id, version) = first(&mut hospital, "/chuyen-ho-so?huong=di", "huy").await;
    hospital.submit(&format!("/chuyen-ho-so/{id}/huy"), &[("version", &version), ("reason", "sai đơn vị")]).await.is(303);
    finance.submit(&format!("/chuyen-ho-so/{id}/nhan"), &[("version", &version), ("unit", "")]).await.is(409);
    hospital.open(&mai).await.is(200);
    finance.open(&mai).await.is(404);
}

#[tokio::test]
async fn inside_one_body_a_dossier_moves_at_once_and_the_move_is_on_record() {
    let site = Site::yen_bai().await;
    let mut health = site.sign_in_as("unit_admin", site.health).await;
    send(&mut health, site.mai, site.health, false, &[]).await.is(303);
    health.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("Sở Y tế");
    health.open("/chuyen-ho-so?huong=di").await.is(200).sees("chuyển trong cơ quan");
    health.open(&format!("/ho-so/{}/lich-su", site.mai)).await.is(200).sees("Căn cứ: phiếu chuyển hồ sơ");
    let mut hospital = site.sign_in_as("operator", site.hospital).await;
    hospital.open(&format!("/ho-so/{}", site.mai)).await.is(404);
}

#[tokio::test]
async fn who_leaves_is_no_longer_counted_and_the_dossier_is_read_only_until_it_is_opened_again() {
    let site = Site::yen_bai().await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.open(&mai).await.is(200).sees("Nghỉ, chuyển ra ngoài").sees("Chuyển hồ sơ");
    clerk
        .open(&format!("{mai}/thoi"))
        .await
        .is(200)
        .sees("Nghỉ hưu (YB-12.3)")
        .sees("Thôi việc (YB-12.3)")
        .sees("Từ trần (YB-12.3)")
        .sees("Chuyển ra ngoài tỉnh (YB-12.3)");
    clerk.open("/tong-hop").await.is(200).sees("1 người có mặt");
    clerk.submit(&format!("{mai}/thoi"), &[("status", "retired"), ("effective_on", &day(3))]).await.is(422).summary_follows_the_form(4);
    let facts =
        [("status", "retired"), ("effective_on", &day(-20)), ("number", "88/QĐ-SNV"), ("signed_on", &day(-60)), ("body", "Sở Nội vụ")];
    clerk.submit(&format!("{mai}/thoi"), &facts).await.is(303);
    clerk.open("/ho-so").await.is(200).misses("Lò Thị Mai");
    clerk.open("/tong-hop").await.is(200).sees("0 người có mặt");
    clerk.open("/ho-so?tt=da-di").await.is(200).sees("Lò Thị Mai");
    clerk.open(&mai).await.is(200).sees("Nghỉ hưu").sees("88/QĐ-SNV").misses("Chuyển hồ sơ</a>");
    clerk.open(&format!("{mai}/muc/contact")).await.is(422).sees("chỉ để theo dõi");
    clerk.submit(&format!("{mai}/muc/contact"), &[("phien_ban", "0"), ("mobile_phone", "0912345678")]).await.is(422);
    clerk.submit(&format!("{mai}/tro-lai"), &[("reason", "")]).await.is(422).sees("Ghi lý do");
    clerk.submit(&format!("{mai}/tro-lai"), &[("reason", "tuyển dụng lại")]).await.is(303);
    clerk.open("/ho-so").await.is(200).sees("Lò Thị Mai");
    clerk.open(&format!("{mai}/muc/contact")).await.is(200);
}

#[tokio::test]
async fn who_moves_to_the_party_bloc_leaves_the_count_and_stays_readable_with_the_leavers() {
    for (regulation, article) in [("dong-thap-2014", "DT-10.3"), ("lang-son-2022", "LS-8.2")] {
        let site = Site::under(regulation).await;
        let mai = format!("/ho-so/{}", site.mai);
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk.open(&format!("{mai}/thoi")).await.is(200).sees(&format!("Chuyển sang khối Đảng, đoàn thể ({article})"));
        let facts = [
            ("status", "moved_to_party"),
            ("effective_on", &day(-5)),
            ("number", "88/QĐ-SNV"),
            ("signed_on", &day(-9)),
            ("body", "Sở Nội vụ"),
        ];
        clerk.submit(&format!("{mai}/thoi"), &facts).await.is(303);
        clerk.open("/ho-so").await.is(200).misses("Lò Thị Mai");
        clerk.open("/ho-so?tt=da-di&loc=dossier_status~la~moved_to_party").await.is(200).sees("Lò Thị Mai");
        clerk.open(&mai).await.is(200).sees("Chuyển sang khối Đảng, đoàn thể").misses("muc/contact");
    }
}

#[tokio::test]
async fn whatever_is_done_in_whatever_order_exactly_one_unit_keeps_the_dossier() {
    let site = Site::under("lang-son-2022").await;
    let units = [site.hospital, site.finance, site.home_affairs];
    let mut people = Vec::new();
    for unit in units {
        people.push(site.sign_in_as("operator", unit).await);
    }
    let mut above = site.sign_in_as("system_admin", site.province).await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut dice: u64 = 20_261_125;
    let mut next = |below: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap() % below
    };
    let mut crossed = 0;
    for step in 0..160 {
        let (who, act) = (next(3), next(6));
        let browser = people.get_mut(who).unwrap();
        let before = browser.open(&mai).await.status.as_u16() == 200;
        match act {
            0 | 1 => {
                let to = units[next(3)];
                send(browser, site.mai, to, true, &DECLARED).await;
            }
            _ => {
                let list = if act == 5 { "/chuyen-ho-so?huong=di" } else { "/chuyen-ho-so" };
                let page = browser.open(list).await;
                let acts = page.is(200).body.split("action=\"/chuyen-ho-so/").skip(1).map(|rest| {
                    let address = format!("/chuyen-ho-so/{}", rest.split('"').next().unwrap());
                    let version = rest.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                    (address, version)
                });
                let acts: Vec<(String, String)> = acts.collect();
                if !acts.is_empty() {
                    let (address, version) = &acts[next(acts.len())];
                    let unit = units[who].to_string();
                    let unit = if next(2) == 0 { unit } else { String::new() };
                    browser.submit(address, &[("version", version), ("reason", "thử"), ("unit", &unit)]).await;
                }
            }
        }
        let mut keepers = 0;
        for (place, browser) in people.iter_mut().enumerate() {
            let keeps = browser.open(&mai).await.status.as_u16() == 200;
            keepers += i32::from(keeps);
            crossed += i32::from(place == who && keeps != before);
        }
        assert_eq!(keepers, 1, "after step {step}");
        let list = above.open("/ho-so").await;
        assert_eq!(list.is(200).body.matches(&format!("<a href=\"{mai}\">")).count(), 1, "after step {step}");
    }
    assert!(crossed > 4, "the dossier moved {crossed} times only");
    site.app.db.verify_chain(&[]).await.unwrap();
}

#[tokio::test]
async fn somebody_recruited_again_gets_the_former_dossier_and_no_second_one() {
    let site = Site::under("dong-thap-2014").await;
    let mai = format!("/ho-so/{}", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let facts =
        [("status", "resigned"), ("effective_on", &day(-200)), ("number", "88/QĐ-SYT"), ("signed_on", &day(-210)), ("body", "Sở Y tế")];
    clerk.submit(&format!("{mai}/thoi"), &facts).await.is(303);
    let unit = site.hospital.to_string();
    let person = [("unit_id", unit.as_str()), ("full_name", "Lò Thị Mai"), ("birth_date", "28/02/1990"), ("gender", "2")];
    let rest = [("personal_id_number", "015190000001"), ("personnel_type", "vien_chuc"), ("dossier_status", "working"), ("xac_nhan", "1")];
    let refused = clerk.submit("/ho-so/moi", &[person, rest].concat()).await;
    refused.is(422).sees("từng có hồ sơ tại Bệnh viện Đa khoa, đã khép").sees(&format!("href=\"{mai}/thoi\">Mở lại hồ sơ đó"));
    clerk.submit(&format!("{mai}/tro-lai"), &[("reason", "tuyển dụng lại theo Quyết định 12/QĐ-SYT")]).await.is(303);
    clerk.open("/ho-so").await.is(200).sees("Lò Thị Mai");
    clerk.open(&mai).await.is(200).sees("88/QĐ-SYT").sees("Thôi việc");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[tokio::test]
async fn a_sixth_regulation_is_a_sixth_data_file() {
    let folder = tempfile::tempdir().unwrap();
    copy(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../data")), folder.path());
    let of = |name: &str| folder.path().join("regulations").join(name);
    let text = std::fs::read_to_string(of("lang-son-2022.toml")).unwrap();
    let changed = |text: String, from: &str, to: &str| {
        assert!(text.contains(from), "the model has no {from}");
        text.replacen(from, to, 1)
    };
    // Another code, another number, another unit of days, another chain.
    let text = changed(text, "code = \"lang-son-2022\"", "code = \"tinh-sau-2026\"");
    let text = changed(
        text,
        "action = \"receive_and_forward\"\nenabled = true\nnumber = 5\nunit = \"working_days\"",
        "action = \"receive_and_forward\"\nenabled = true\nnumber = 9\nunit = \"calendar_days\"",
    );
    let text = changed(text, "actor = \"current_unit\", action = \"send\"", "actor = \"superior_managing_body\", action = \"send\"");
    std::fs::write(of("tinh-sau-2026.toml"), text).unwrap();
    let source = law::DataSource::Folder(folder.path().to_owned());
    let faults = law::check(&source);
    assert!(faults.0.is_empty(), "{faults}");
    let site = Site::with_law("tinh-sau-2026", law::Law::load(&source).unwrap()).await;

    let mut hospital = site.sign_in_as("operator", site.hospital).await;
    send(&mut hospital, site.mai, site.finance, true, &DECLARED).await.is(422).sees("gửi. Đề nghị nơi đó chuyển (LS-8.1)");
    let mut above = site.sign_in_as("system_admin", site.province).await;
    send(&mut above, site.mai, site.finance, true, &DECLARED).await.is(303);
    let mut finance = site.sign_in_as("operator", site.finance).await;
    let today = crate::day_of(crate::tests::site::today());
    let due = site.app.law.due("tinh-sau-2026", "move_in_forward", today).unwrap();
    let nine = site.app.law.calendar.roll_forward(today.checked_add(jiff::ToSpan::days(9)).unwrap());
    assert_eq!(due.on, nine, "nine calendar days, moved to a working day");
    finance.open("/chuyen-ho-so").await.is(200).sees(&crate::form::show_day(due.on));
    let (id, version) = first(&mut finance, "/chuyen-ho-so", "nhan").await;
    finance.submit(&format!("/chuyen-ho-so/{id}/nhan"), &[("version", &version), ("unit", &site.finance.to_string())]).await.is(303);
    finance.open(&format!("/ho-so/{}", site.mai)).await.is(200);
}
