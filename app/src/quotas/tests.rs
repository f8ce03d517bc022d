//! Posts and reports, as those who enter and read them do.

use super::testing::{cells, plain};
use crate::tests::site::{Answer, Browser, Site, day};

/// The year in which the tests take place.
fn this_year() -> String {
    day(0).split_off(6)
}

/// A decision for some units, as the form sends it.
async fn assign(browser: &mut Browser, kind: &str, number: &str, posts: &[(i64, &str)]) -> Answer {
    let fields: Vec<(String, &str)> = posts.iter().map(|(unit, number)| (format!("giao-{unit}"), *number)).collect();
    let (year, signed_on) = (this_year(), format!("15/01/{}", this_year()));
    let mut form =
        vec![("kind", kind), ("year", &*year), ("number", number), ("signed_on", &*signed_on), ("issuer", "Ủy ban nhân dân tỉnh")];
    form.extend(fields.iter().map(|(name, number)| (name.as_str(), *number)));
    browser.submit("/bien-che/quyet-dinh", &form).await
}

#[tokio::test]
async fn a_decision_shows_assigned_present_and_unfilled_for_each_unit() {
    for regulation in ["lang-son-2022", "yen-bai-2020"] {
        let site = Site::under(regulation).await;
        for place in 0..27 {
            site.person(site.hospital, "Hà Văn Mẫu", "1", "1990", &format!("0152900000{place:02}")).await;
        }
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        admin.open("/bien-che").await.is(200).sees(&format!("Chưa nhập quyết định giao nào cho năm {}", this_year()));
        let done = assign(&mut admin, "su_nghiep", "21/QĐ-UBND", &[(site.hospital, "30"), (site.finance, "1")]).await;
        let board = admin.follow(done.is(303)).await;
        assert_eq!(cells(&board, &format!("/bien-che/{}", site.hospital)), ["30", "28", "2", "–", "–"], "{regulation}");
        assert_eq!(cells(&board, &format!("/bien-che/{}", site.finance)), ["1", "1", "0", "–", "–"]);
        assert_eq!(cells(&board, &format!("/bien-che/{}", site.health))[..2], ["–", "28"]);
        let page = admin.open(&format!("/bien-che/{}", site.hospital)).await;
        page.is(200).sees(&format!("21/QĐ-UBND ngày 15/01/{}, Ủy ban nhân dân tỉnh", this_year()));
        let row = plain(
            page.body.split("Số lượng người làm việc trong đơn vị sự nghiệp công lập").nth(1).unwrap().split("</tr>").next().unwrap(),
        );
        assert!(row.starts_with("30282"), "{row}");
        let overview = admin.open("/tong-hop").await;
        let figures = cells(&overview, &format!("/tong-hop?dv={}", site.hospital));
        assert!(figures.windows(2).any(|pair| pair == ["30", "2"]), "{figures:?}");
    }
}

#[tokio::test]
async fn more_people_than_posts_are_told_in_red_and_in_words() {
    for regulation in ["dong-thap-2014", "yen-bai-2020"] {
        let site = Site::under(regulation).await;
        for place in 0..2 {
            site.person(site.hospital, "Hà Văn Mẫu", "1", "1990", &format!("0152900000{place:02}")).await;
        }
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        let done = assign(&mut admin, "su_nghiep", "21/QĐ-UBND", &[(site.hospital, "1")]).await;
        let board = admin.follow(done.is(303)).await;
        board.sees("<span class=\"text-late\">vượt 2</span>").sees("1 đơn vị vượt số được giao");
        admin.open("/tong-hop").await.sees("<span class=\"text-late\">vượt 2</span>");
    }
}

#[tokio::test]
async fn nobody_enters_posts_of_another_body() {
    let site = Site::yen_bai().await;
    let mut health = site.sign_in_as("unit_admin", site.health).await;
    health.open("/bien-che/quyet-dinh").await.is(200).sees("Bệnh viện Đa khoa").misses("Sở Tài chính");
    assign(&mut health, "su_nghiep", "3/QĐ-SYT", &[(site.finance, "40")]).await.is(404);
    health.open(&format!("/bien-che/{}", site.finance)).await.is(404);
    health.open(&format!("/bien-che?dv={}", site.finance)).await.is(404);
    let mut head = site.sign_in_as("unit_head", site.health).await;
    head.open("/bien-che/quyet-dinh").await.is(403);
    assign(&mut head, "su_nghiep", "3/QĐ-SYT", &[(site.hospital, "40")]).await.is(403);
    let mut finance = site.sign_in_as("unit_head", site.finance).await;
    finance.open(&format!("/bien-che/{}", site.finance)).await.is(200).sees("Chưa nhập quyết định giao nào");
}

#[tokio::test]
async fn a_later_decision_stands_and_nothing_that_was_said_is_lost() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    assign(&mut admin, "su_nghiep", "21/QĐ-UBND", &[(site.hospital, "30")]).await.is(303);
    assign(&mut admin, "su_nghiep", "21/QĐ-UBND", &[(site.hospital, "32")]).await.is(303);
    let unit = format!("/bien-che/{}", site.hospital);
    admin.open(&unit).await.sees(">32<").sees("đã đính chính");
    let year: i16 = this_year().parse().unwrap();
    let later = [
        ("kind", "su_nghiep"),
        ("year", &*year.to_string()),
        ("number", "40/QĐ-UBND"),
        ("signed_on", &*day(-1)),
        ("issuer", "Ủy ban nhân dân tỉnh"),
        (&*format!("giao-{}", site.hospital), "29"),
    ];
    admin.submit("/bien-che/quyet-dinh", &later).await.is(303);
    let page = admin.open(&unit).await;
    page.sees(&format!("40/QĐ-UBND ngày {}", day(-1))).sees(&format!("21/QĐ-UBND ngày 15/01/{year}")).sees(">32<").sees(">29<");
    assert_eq!(cells(&admin.open(&format!("/bien-che?nam={year}")).await, &unit)[0], "29");
    assert_eq!(
        cells(&admin.open(&format!("/bien-che?nam={}", year + 1)).await, &unit)[0],
        format!("29giao năm {year}"),
        "an earlier year stands until there is a later one"
    );
    assert_eq!(cells(&admin.open(&format!("/bien-che?nam={}", year - 1)).await, &unit)[0], "–");
    let console = site.app.db.console_viewer(site.app.db.installation_account().await.unwrap().unwrap()).await.unwrap();
    let audit = console.may::<crate::access::ViewAudit>().unwrap();
    let sql = "SELECT e.diff FROM {audit_entries} e WHERE e.act = 'quota.assign' AND e.table_name = 'quotas' ORDER BY e.seq";
    let rows = vault::Read::rows(&mut site.app.db.read(&audit), sql, &[]).await.unwrap();
    let told: Vec<String> = rows.iter().map(|row| row.get::<serde_json::Value>("diff").unwrap()["assigned"].to_string()).collect();
    assert_eq!(told, ["[null,30]", "[30,32]", "[null,29]"]);
}

#[tokio::test]
async fn what_the_level_below_has_is_compared_with_what_there_is() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let posts = [(site.province, "100"), (site.health, "60"), (site.finance, "50"), (site.hospital, "45")];
    let done = assign(&mut admin, "su_nghiep", "21/QĐ-UBND", &posts).await;
    let board = admin.follow(done.is(303)).await;
    assert_eq!(cells(&board, &format!("/bien-che/{}", site.province))[3..], ["110", "giao quá 10"]);
    assert_eq!(cells(&board, &format!("/bien-che/{}", site.health))[3..], ["45", "còn 15 chưa giao"]);
    assert_eq!(cells(&board, &format!("/bien-che/{}", site.hospital))[3..], ["–", "–"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_decision_is_said_beside_the_field_and_what_was_typed_is_kept() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let field = format!("giao-{}", site.hospital);
    let form = [
        ("kind", "su_nghiep"),
        ("year", "26"),
        ("number", " "),
        ("signed_on", "31/06/2026"),
        ("issuer", "UBND tỉnh Mẫu"),
        (&*field, "ba mươi"),
    ];
    let page = admin.submit("/bien-che/quyet-dinh", &form).await;
    page.is(422).sees("Nhập số quyết định").sees("Nhập ngày ký").sees("Nhập năm giao").sees("Nhập số nguyên từ 0");
    page.summary_follows_the_form(4);
    page.sees("value=\"ba mươi\"").sees("value=\"UBND tỉnh Mẫu\"").sees(&format!("href=\"#{field}\""));
    let page = assign(&mut admin, "chua-co", "21/QĐ-UBND", &[(site.hospital, "")]).await;
    page.is(422).sees("Chọn loại biên chế").sees("ít nhất một đơn vị").summary_follows_the_form(2);
}

#[tokio::test]
async fn a_unit_says_how_many_are_present_and_the_board_shows_who_has_no_dossier() {
    for (regulation, clerk) in [("yen-bai-2020", "operator"), ("dong-thap-2014", "unit_admin")] {
        let site = Site::under(regulation).await;
        for place in 0..25 {
            site.person(site.hospital, "Hà Văn Mẫu", "1", "1990", &format!("0152900000{place:02}")).await;
        }
        let mut clerk = site.sign_in_as(clerk, site.hospital).await;
        let unit = format!("/bien-che/{}", site.hospital);
        clerk.open(&unit).await.is(200).sees("Đơn vị chưa báo số có mặt lần nào");
        let wrong = clerk.submit(&format!("{unit}/co-mat"), &[("present", "hai tám"), ("as_of", &*day(1))]).await;
        wrong
            .is(422)
            .sees("Nhập số người có mặt")
            .sees("Ngày chốt số liệu ở sau hôm nay")
            .sees("value=\"hai tám\"")
            .summary_follows_the_form(2);
        clerk.submit(&format!("{unit}/co-mat"), &[("present", "27"), ("as_of", &*day(-19))]).await.is(303);
        clerk.submit(&format!("{unit}/co-mat"), &[("present", "28"), ("as_of", &*day(0))]).await.is(303);
        let page = clerk.open(&unit).await;
        page.sees("26 hồ sơ đang có tại đơn vị").sees("Còn thiếu 2 hồ sơ");
        for words in [&*day(-19), ">27<", &*day(0), ">28<", &format!("08:42 {}", day(0)), "Tài khoản kiểm thử"] {
            page.sees(words);
        }
        let mut admin = site.sign_in_as("system_admin", site.province).await;
        let board = admin.open("/tong-hop").await;
        board.sees("Còn thiếu <b>2</b> hồ sơ so với số có mặt các đơn vị báo");
        let figures = cells(&board, &format!("/tong-hop?dv={}", site.hospital));
        assert!(figures.windows(2).any(|pair| pair == ["28", "thiếu 2"]), "{figures:?}");
        let finance = cells(&board, &format!("/tong-hop?dv={}", site.finance));
        assert!(finance.contains(&"chưa báo".to_owned()), "{finance:?}");
        clerk.submit(&format!("/bien-che/{}/co-mat", site.finance), &[("present", "9"), ("as_of", &*day(0))]).await.is(404);
    }
}

#[tokio::test]
async fn organisation_quota_and_personnel_are_reachable_for_the_account_of_a_unit() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let home = clerk.open("/").await;
    let subjects = [("/don-vi", "Bệnh viện Đa khoa"), ("/bien-che", "Bệnh viện Đa khoa"), ("/ho-so", "Lò Thị Mai")];
    for (address, own) in subjects {
        home.is(200).sees(&format!("<li><a href=\"{address}\""));
        clerk.open(address).await.is(200).sees(own).misses("Sở Tài chính").misses("Nguyễn Đức An");
    }
}
