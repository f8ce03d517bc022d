//! Dossiers through the front door.

use crate::tests::site::{Answer, Browser, Site, day};

/// The version that the form of a section carries.
fn version(answer: &Answer) -> String {
    let after = answer.body.split("name=\"phien_ban\" value=\"").nth(1).expect("a form with a version");
    after.split('"').next().unwrap().to_owned()
}

/// The row that the form of a list carries.
fn row(answer: &Answer) -> String {
    let after = answer.body.split("name=\"dong\" value=\"").nth(1).expect("a form with a row");
    after.split('"').next().unwrap().to_owned()
}

fn section(id: i64, key: &str) -> String {
    format!("/ho-so/{id}/muc/{key}")
}

async fn writer(site: &Site) -> Browser {
    let role = site.app.law.regulation(site.regulation).unwrap().roles.iter();
    let editor = role.filter(|role| role.all_permissions().contains(&"edit_record")).map(|role| role.code.clone());
    let role = editor.into_iter().find(|code| code != "system_admin").unwrap();
    site.sign_in_as(&role, site.hospital).await
}

#[tokio::test]
async fn a_dossier_shows_its_sections_and_links_what_is_missing() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let page = browser.open(&format!("/ho-so/{}", site.mai)).await;
    page.is(200).sees("<h1>Lò Thị Mai</h1>").sees("28/02/1990").sees("015190000001").sees("Đầy đủ ");
    page.sees(&format!("/ho-so/{}/muc/identity#identity-ethnicity", site.mai));
    for section in &site.app.law.sections {
        page.sees(&format!("id=\"muc-{}\"", section.key));
    }
    browser.open(&format!("/ho-so/{}", site.an)).await.is(404).misses("Nguyễn Đức An");
}

#[tokio::test]
async fn blanks_are_filled_freely_and_corrections_need_a_reason() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = section(site.mai, "identity");
    let form = browser.open(&address).await;
    let seen = version(form.is(200));
    let fill = [("phien_ban", seen.as_str()), ("full_name", "Lò Thị Mai"), ("ethnicity", "03"), ("religion", "00")];
    let done = browser.submit(&address, &fill).await;
    assert_eq!(done.location(), Some(format!("/ho-so/{}#muc-identity", site.mai).as_str()), "{}", done.body);

    let seen = version(&browser.open(&address).await);
    let correct = [("phien_ban", seen.as_str()), ("full_name", "Lò Thị  Mây")];
    browser.submit(&address, &correct).await.is(422).sees("Ghi lý do đính chính").sees("value=\"Lò Thị  Mây\"");
    let with_reason = [correct[0], correct[1], ("ly_do", "nhập nhầm, đã đối chiếu giấy khai sinh")];
    browser.submit(&address, &with_reason).await.is(303);
    let page = browser.open(&format!("/ho-so/{}", site.mai)).await;
    page.sees("<h1>Lò Thị Mây</h1>");
    let history = browser.open(&format!("/ho-so/{}/lich-su", site.mai)).await;
    history.is(200).sees("<del>Lò Thị Mai</del> <ins>Lò Thị Mây</ins>").sees("Lý do: nhập nhầm, đã đối chiếu giấy khai sinh");
}

#[tokio::test]
async fn what_was_typed_wrong_stays_and_is_answered_with_what_was_meant() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = section(site.mai, "current_position");
    let typed = [("phien_ban", "0"), ("appointed_on", "31/06/2025"), ("main_work", "Khám <b>bệnh</b>")];
    let again = browser.submit(&address, &typed).await;
    again.is(422).sees("Tháng 6 chỉ có 30 ngày. Nhập 30/06/2025?").sees("value=\"31/06/2025\"").sees("Khám &lt;b&gt;bệnh&lt;/b&gt;");
    again.sees("href=\"#current_position-appointed_on\"").sees("id=\"current_position-appointed_on\"");
    let several = [typed[0], ("position", "x"), ("appointed_on", "1/13/2020"), ("reappointed_on", "31/06/2025"), ("managed_by", "?")];
    browser.submit(&address, &several).await.is(422).summary_follows_the_form(3);
}

#[tokio::test]
async fn hints_speak_to_those_who_fill_in_the_form() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let form = browser.open(&section(site.mai, "identity")).await;
    form.is(200).sees("12 chữ số trên thẻ căn cước").misses("CSDL dân cư").misses("mã tỉnh nơi đăng ký");
    browser.open(&section(site.mai, "salary_current")).await.sees("Ví dụ: 3,00; không gồm phụ cấp").misses(".toml");
    browser.open(&section(site.mai, "origin_and_residence")).await.sees("Nơi đang ở thực tế");
}

#[tokio::test]
async fn what_is_unusual_is_written_only_when_confirmed() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = section(site.mai, "identity");
    let seen = version(&browser.open(&address).await);
    let odd = [("phien_ban", seen.as_str()), ("personal_id_number", "015090000009"), ("ly_do", "theo thẻ mới")];
    browser.submit(&address, &odd).await.is(422).sees("không khớp giới tính").sees("ghi dù vậy");
    let confirmed = [odd[0], odd[1], odd[2], ("xac_nhan", "1")];
    browser.submit(&address, &confirmed).await.is(303);
    browser.open(&format!("/ho-so/{}", site.mai)).await.sees("015090000009");
}

#[tokio::test]
async fn two_people_over_one_row_meet_on_a_page_with_both_texts() {
    let site = Site::yen_bai().await;
    let (mut one, mut other) = (writer(&site).await, writer(&site).await);
    let address = section(site.mai, "contact");
    let seen = version(&one.open(&address).await);
    assert_eq!(version(&other.open(&address).await), seen);
    one.submit(&address, &[("phien_ban", &seen), ("mobile_phone", "0912345018")]).await.is(303);
    let late = [("phien_ban", seen.as_str()), ("mobile_phone", "0986220417")];
    let met = other.submit(&address, &late).await;
    met.is(409).sees("<td data-label=\"Đang có trong hồ sơ\">0912345018</td><td data-label=\"Vừa gõ\">0986220417</td>");
    let now = version(&met);
    other.submit(&address, &[("phien_ban", &now), ("mobile_phone", "0986220417"), ("ly_do", "số mới nhất")]).await.is(303);
    other.open(&format!("/ho-so/{}", site.mai)).await.sees("0986220417").misses("0912345018");
}

#[tokio::test]
async fn rows_of_a_list_are_added_corrected_and_taken_out_in_place() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = section(site.mai, "work_history");
    let new = [
        ("phien_ban", "0"),
        ("from_date", "09/2012"),
        ("to_date", "06/2018"),
        ("unit_text", "Trạm y tế A"),
        ("position_text", "Điều dưỡng"),
    ];
    browser.submit(&address, &new).await.is(303);
    let page = browser.open(&format!("/ho-so/{}", site.mai)).await;
    page.sees("<td>09/2012</td><td>06/2018</td><td>Trạm y tế A</td>");
    let id = page.body.split("id=\"dong-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = browser.open(&format!("{address}?dong={id}")).await;
    assert_eq!(row(form.is(200)), id);
    let seen = version(&form);
    let correct = [("dong", id.as_str()), ("phien_ban", &seen), ("unit_text", "Trạm y tế xã A"), ("ly_do", "ghi đủ tên")];
    browser.submit(&address, &correct).await.is(303);
    let seen = version(&browser.open(&format!("{address}?dong={id}")).await);
    let out = [("dong", id.as_str()), ("phien_ban", seen.as_str())];
    browser.submit(&format!("{address}/bo"), &out).await.is(422).sees("Ghi lý do bỏ dòng này");
    browser.submit(&format!("{address}/bo"), &[out[0], out[1], ("ly_do", "nhập trùng")]).await.is(303);
    browser.open(&format!("/ho-so/{}", site.mai)).await.misses("Trạm y tế xã A");
    let history = browser.open(&format!("/ho-so/{}/lich-su?muc=work_history", site.mai)).await;
    history.sees("bỏ một dòng của").sees("Lý do: nhập trùng").sees("Khôi phục giá trị cũ");
    let restore =
        history.body.split("href=\"").find(|part| part.contains("theo=")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    browser.open(&restore).await.is(200).sees("value=\"Trạm y tế xã A\"");
}

#[tokio::test]
async fn a_page_that_swaps_gets_the_section_alone() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = section(site.mai, "contact");
    let request = |method: &str, body: &'static str| {
        let request = axum::http::Request::builder().method(method).uri(&address).header("hx-request", "true");
        let form = "application/x-www-form-urlencoded";
        request.header("content-type", form).body(axum::body::Body::from(body)).unwrap()
    };
    let form = browser.send(request("GET", "")).await;
    form.is(200).misses("<html").sees("<section class=\"panel\" id=\"muc-contact\"");
    let done = browser.send(request("POST", "phien_ban=0&mobile_phone=0912345018")).await;
    done.is(200).misses("<html").sees("0912345018").sees("hx-swap-oob=\"true\"").misses("<form");
}

#[tokio::test]
async fn a_dossier_is_shown_as_it_was_known_on_a_day() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let address = format!("/ho-so/{}", site.mai);
    browser
        .open(&format!("{address}?ngay={}", day(0)))
        .await
        .is(200)
        .sees(&format!("như đã biết đến hết ngày {}", day(0)))
        .sees("Lò Thị Mai")
        .misses("Sửa<");
    browser.open(&format!("{address}?ngay={}", day(-1))).await.is(200).misses("015190000001");
    browser.open(&format!("{address}?ngay=31/06/2026")).await.is(422).sees("Tháng 6 chỉ có 30 ngày");
    browser.open(&format!("{address}?ngay={}", day(1))).await.is(422).sees("không sau hôm nay");
}

#[tokio::test]
async fn fields_above_ones_level_are_not_sent_at_all() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("unit_admin", site.health).await;
    let secret = [("phien_ban", "0"), ("arrest_history", "Không có việc gì đáng ngờ")];
    admin.submit(&section(site.mai, "personal_history"), &secret).await.is(303);
    admin.open(&format!("/ho-so/{}", site.mai)).await.sees("Không có việc gì đáng ngờ").sees("015190000001");
    let login = site.account("person", site.hospital, Some(site.mai)).await;
    site.sign_in(&login).await.open(&format!("/ho-so/{}", site.mai)).await.is(200).sees("Không có việc gì đáng ngờ");
    let mut leader = site.sign_in_as("province_leader", site.province).await;
    leader.state_purpose(site.mai).await;
    for path in ["", "/lich-su", &format!("?ngay={}", day(0))] {
        let page = leader.open(&format!("/ho-so/{}{path}", site.mai)).await;
        page.is(200).misses("Không có việc gì đáng ngờ").misses("015190000001").misses("muc-personal_history\"");
    }
    leader.open(&format!("/ho-so/{}", site.mai)).await.sees("Lò Thị Mai").misses("/muc/identity");
}

#[tokio::test]
async fn a_new_dossier_begins_with_the_least_and_never_twice_for_one_person() {
    let site = Site::yen_bai().await;
    let mut browser = site.sign_in_as("system_admin", site.province).await;
    browser.open("/ho-so/moi").await.is(200).sees("Bệnh viện Đa khoa").sees("name=\"personal_id_number\"");
    let unit = site.hospital.to_string();
    let new = |name: &'static str, born: &'static str, number: &'static str| {
        vec![
            ("unit_id", unit.as_str().to_owned()),
            ("full_name", name.to_owned()),
            ("birth_date", born.to_owned()),
            ("gender", "2".to_owned()),
            ("personal_id_number", number.to_owned()),
            ("personnel_type", "vien_chuc".to_owned()),
            ("dossier_status", "working".to_owned()),
        ]
    };
    let send = async |browser: &mut Browser, fields: Vec<(&'static str, String)>, more: &[(&str, &str)]| {
        let all: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).chain(more.iter().copied()).collect();
        browser.submit("/ho-so/moi", &all).await
    };
    browser.submit("/ho-so/moi", &[("unit_id", "")]).await.is(422).sees("Chọn đơn vị quản lý hồ sơ").summary_follows_the_form(5);
    let twice = send(&mut browser, new("Lò Thị Mai", "28/02/1990", "015190000001"), &[]).await;
    twice.is(422).sees("đang có hồ sơ tại Bệnh viện Đa khoa").sees("YB-11");
    let alike = send(&mut browser, new("LÒ THỊ MAI", "28/02/1990", "015190000077"), &[]).await;
    alike.is(422).sees("cùng họ tên, ngày sinh").sees(&format!("/ho-so/{}", site.mai));
    let opened = send(&mut browser, new("Hà Thị Xuân", "01/05/1992", "015192000003"), &[]).await;
    browser.follow(&opened).await.is(200).sees("<h1>Hà Thị Xuân</h1>").sees("Bệnh viện Đa khoa");
}

#[tokio::test]
async fn photo_and_scans_are_bound_to_the_row_they_prove() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 60).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let address = format!("{}/tep", section(site.mai, "dossier_header"));
    let seen = version(&browser.open(&section(site.mai, "dossier_header")).await);
    let fields = [("phien_ban", seen.as_str()), ("truong", "photo")];
    let html = browser.upload(&address, &fields, "tep", ("anh.jpg", b"<html><script>alert(1)</script>")).await;
    html.is(422).sees("không phải PDF hoặc ảnh");
    let done = browser.upload(&address, &fields, "tep", ("anh.jpg", jpeg.get_ref())).await;
    done.is(303);
    let page = browser.open(&format!("/ho-so/{}", site.mai)).await;
    let source = page.body.split("<img class=\"photo\" src=\"").nth(1).expect("a photo").split('"').next().unwrap().to_owned();
    let photo = browser.open(&source).await;
    photo.is(200);
    assert_eq!(photo.headers.get("content-type").unwrap(), "image/jpeg");
    assert_eq!(photo.headers.get("x-content-type-options").unwrap(), "nosniff");
    assert!(image::load_from_memory(&photo.bytes).is_ok());
    let elsewhere = source.replace(&site.mai.to_string(), &site.an.to_string());
    browser.open(&elsewhere).await.is(404);
    let mut sibling = site.sign_in_as("unit_head", site.finance).await;
    sibling.open(&source).await.is(404);
    let history = browser.open(&format!("/ho-so/{}/lich-su?xem=mo", site.mai)).await;
    history.sees("mở tệp trong hồ sơ").sees("mở xem hồ sơ");
}

#[tokio::test]
async fn long_lists_are_searched_by_typing() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    browser.open("/danh-muc/ranks/tim?q=chuyen%20vien").await.is(200).sees("value=\"01.003 · Chuyên viên\"");
    let commune =
        "/danh-muc/communes/tim?o=hometown_commune_code&dia_chi=hometown&hometown_commune_code=ba%20dinh&hometown_model=two_level";
    browser.open(commune).await.sees("00004 · Phường Ba Đình").sees("Thành phố Hà Nội");
    browser.open(&format!("{commune}&hometown_province_code=04")).await.misses("Phường Ba Đình");
    let old = commune.replace("two_level", "three_level").replace("ba%20dinh", "phuc%20xa");
    browser.open(&old).await.sees("Phường Phúc Xá").sees("Quận Ba Đình");
    browser.open("/danh-muc/khong-co/tim?q=x").await.is(404);
}

#[tokio::test]
async fn every_section_can_be_opened_as_a_form() {
    let site = Site::yen_bai().await;
    let mut browser = writer(&site).await;
    for known in &site.app.law.sections {
        let page = browser.open(&format!("{}?dong=moi", section(site.mai, &known.key))).await;
        page.is(200);
        let sent_later = |field: &&law::Field| field.kind != law::Kind::File || known.is_single();
        for field in known.fields.iter().filter(sent_later) {
            page.sees(&format!("id=\"{}-{}", known.key, field.key));
        }
    }
    browser.open(&section(site.mai, "khong-co")).await.is(404);
}

#[tokio::test]
async fn a_field_of_a_provinces_own_behaves_like_any_other() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let address = "/quan-tri/truong-rieng";
    admin.submit(address, &[("label", "")]).await.is(422).sees("Nhập tên trường");
    let field = [("label", "Ngày cấp thẻ ra vào"), ("section", "contact"), ("kind", "date"), ("sensitivity", "personal")];
    admin.submit(address, &field).await.is(303);
    admin.open(address).await.is(200).sees("Ngày cấp thẻ ra vào");
    let mut browser = writer(&site).await;
    browser.open(address).await.is(403);
    let contact = section(site.mai, "contact");
    browser.open(&contact).await.sees("Ngày cấp thẻ ra vào").sees("rieng_ngay_cap_the_ra_vao");
    browser
        .submit(&contact, &[("phien_ban", "0"), ("rieng_ngay_cap_the_ra_vao", "31/06/2026")])
        .await
        .is(422)
        .sees("Tháng 6 chỉ có 30 ngày");
    browser.submit(&contact, &[("phien_ban", "0"), ("rieng_ngay_cap_the_ra_vao", "30/06/2026")]).await.is(303);
    browser.open(&format!("/ho-so/{}", site.mai)).await.sees("Ngày cấp thẻ ra vào</dt><dd>30/06/2026");
    let history = browser.open(&format!("/ho-so/{}/lich-su?muc=contact", site.mai)).await;
    history.sees("Ngày cấp thẻ ra vào: ").sees("<ins>30/06/2026</ins>");
}
