//! Signing in, passwords and accounts, as people do it.

use crate::tests::site::{PASSWORD, Site, day};

#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_read_alike() {
    let site = Site::yen_bai().await;
    let login = site.account("operator", site.hospital, None).await;
    let wrong = site.stranger().submit("/dang-nhap", &[("login", &login), ("password", "không phải")]).await;
    let unknown = site.stranger().submit("/dang-nhap", &[("login", "khong-co-ai"), ("password", "không phải")]).await;
    wrong.is(422).sees("Tên đăng nhập hoặc mật khẩu không đúng");
    assert_eq!(wrong.body.replace(&login, ""), unknown.body.replace("khong-co-ai", ""));
}

#[tokio::test]
async fn guessing_makes_only_the_guesser_wait() {
    let site = Site::yen_bai().await;
    let login = site.account("operator", site.hospital, None).await;
    let mut known = site.sign_in(&login).await;
    known.submit("/dang-xuat", &[]).await;
    let mut guesser = site.stranger();
    for _ in 0..5 {
        guesser.submit("/dang-nhap", &[("login", &login), ("password", "đoán bừa")]).await.is(422);
    }
    guesser.submit("/dang-nhap", &[("login", &login), ("password", PASSWORD)]).await.is(429).sees("Thử lại sau");
    known.submit("/dang-nhap", &[("login", &login), ("password", PASSWORD)]).await.is(303);
}

#[tokio::test]
async fn an_issued_password_must_be_changed_before_anything_else() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.hospital.to_string();
    let fields = [
        ("unit", unit.as_str()),
        ("role", "operator"),
        ("kind", "unit"),
        ("login", "bv-da-khoa"),
        ("name", "Bệnh viện Đa khoa"),
        ("operator", "Hà Thị Mẫu"),
        ("number", "12/SNV"),
        ("signed_on", "01/11/2026"),
        ("issuer", "Sở Nội vụ"),
    ];
    let opened = admin.submit("/tai-khoan/moi", &fields).await;
    opened.is(200).sees("Chỉ hiện một lần");
    let issued = opened.body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();

    let mut operator = site.stranger();
    operator.submit("/dang-nhap", &[("login", "bv-da-khoa"), ("password", &issued)]).await.is(303);
    assert_eq!(operator.open("/don-vi").await.location(), Some("/mat-khau"));
    let weak = [("current", issued.as_str()), ("chosen", "ngắn"), ("again", "ngắn")];
    operator.submit("/mat-khau", &weak).await.is(422).sees("cần ít nhất 10");
    let good = [("current", issued.as_str()), ("chosen", "sông núi nước Nam"), ("again", "sông núi nước Nam")];
    operator.submit("/mat-khau", &good).await.is(303);
    operator.open("/don-vi").await.is(200).sees("Bệnh viện Đa khoa").sees("Hà Thị Mẫu");
    site.stranger().submit("/dang-nhap", &[("login", "bv-da-khoa"), ("password", &issued)]).await.is(422);
}

#[tokio::test]
async fn an_account_below_needs_the_written_agreement_of_the_regulation() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.hospital.to_string();
    let fields =
        [("unit", unit.as_str()), ("role", "operator"), ("kind", "unit"), ("login", "bv"), ("name", "BV"), ("operator", "Hà Thị Mẫu")];
    let fields = [&fields[..3], &[("login", "bv-1")], &fields[4..]].concat();
    admin.submit("/tai-khoan/moi", &fields).await.is(422).sees("YB-6.3");
    let nothing = [("unit", unit.as_str()), ("signed_on", "31/02/2026")];
    admin.submit("/tai-khoan/moi", &nothing).await.is(422).summary_follows_the_form(5);
}

#[tokio::test]
async fn there_is_one_highest_account_in_dong_thap() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let unit = site.province.to_string();
    let fields = [("unit", unit.as_str()), ("role", "system_admin"), ("kind", "personal"), ("login", "hai"), ("name", "Người thứ hai")];
    admin.submit("/tai-khoan/moi", &fields).await.is(422).sees("chỉ cho một tài khoản").sees("DT-PL.5");
}

#[tokio::test]
async fn a_suspended_account_is_out_at_its_next_request() {
    let site = Site::yen_bai().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    let login = site.account("operator", site.hospital, None).await;
    let mut operator = site.sign_in(&login).await;
    operator.open("/don-vi").await.is(200);
    let list = admin.open(&format!("/tai-khoan?q={login}")).await;
    let id = list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap();
    admin.submit(&format!("/tai-khoan/{id}/trang-thai"), &[("state", "suspended")]).await.is(303);
    assert_eq!(operator.open("/don-vi").await.location(), Some("/dang-nhap"));
    site.stranger().submit("/dang-nhap", &[("login", &login), ("password", PASSWORD)]).await.is(422);
}

#[tokio::test]
async fn all_other_sessions_end_when_asked() {
    let site = Site::yen_bai().await;
    let login = site.account("operator", site.hospital, None).await;
    let (mut here, mut there) = (site.sign_in(&login).await, site.sign_in(&login).await);
    here.open("/phien").await.is(200).sees("phiên này");
    here.submit("/phien/ket-thuc", &[("which", "others")]).await.is(303);
    here.open("/phien").await.is(200);
    assert_eq!(there.open("/phien").await.location(), Some("/dang-nhap"));
}

#[tokio::test]
async fn a_unit_keeps_accounts_only_below_itself() {
    let site = Site::yen_bai().await;
    let mut keeper = site.sign_in_as("unit_admin", site.health).await;
    let elsewhere = site.finance.to_string();
    let fields = [("unit", elsewhere.as_str()), ("role", "operator"), ("kind", "personal"), ("login", "o-noi-khac"), ("name", "Nơi khác")];
    let answer = keeper.submit("/tai-khoan/moi", &fields).await;
    assert!(matches!(answer.status.as_u16(), 404 | 422), "{}", answer.status);
    let other = site.account("operator", site.finance, None).await;
    keeper.open("/tai-khoan").await.is(200).misses(&other);
}

/// Opens a personal account over the web; gives the answer.
async fn ask_for_leader(site: &Site, admin: &mut crate::tests::site::Browser, login: &str, name: &str) -> crate::tests::site::Answer {
    let unit = site.province.to_string();
    let fields = [("unit", unit.as_str()), ("role", "province_leader"), ("kind", "personal"), ("login", login), ("name", name)];
    admin
        .submit("/tai-khoan/moi", &[&fields[..], &[("number", "3/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")]].concat())
        .await
}

async fn id_of(admin: &mut crate::tests::site::Browser, login: &str) -> i64 {
    let list = admin.open(&format!("/tai-khoan?q={login}")).await;
    list.body.split("/tai-khoan/").filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok()).next().unwrap()
}

#[tokio::test]
async fn each_provincial_leader_has_one_account_of_their_own() {
    let site = Site::under("dong-thap-2014").await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    ask_for_leader(&site, &mut admin, "pct-mot", "Hà Văn Mẫu").await.is(200);
    ask_for_leader(&site, &mut admin, "pct-hai", "Lò Thị Sen").await.is(200).sees("Chỉ hiện một lần");
    let again = ask_for_leader(&site, &mut admin, "pct-ba", "Hà Văn Mẫu").await;
    again.is(422).sees("đã có tài khoản pct-mot").sees("mỗi lãnh đạo chỉ có một tài khoản riêng").sees("DT-PL.1");

    let first = id_of(&mut admin, "pct-mot").await;
    let decision = [("operator", "Lò Thị Sen"), ("number", "4/QĐ-UBND"), ("signed_on", "02/11/2026"), ("issuer", "UBND tỉnh")];
    let handed = admin.submit(&format!("/tai-khoan/{first}/nguoi-su-dung"), &decision).await;
    handed.is(409).sees("tài khoản riêng của Hà Văn Mẫu").sees("Mỗi lãnh đạo có một tài khoản riêng").sees("DT-PL.1");

    let unit = site.province.to_string();
    let shared = [
        ("unit", unit.as_str()),
        ("role", "province_leader"),
        ("kind", "unit"),
        ("login", "chung"),
        ("name", "Lãnh đạo"),
        ("operator", "Hà Thị Mơ"),
    ];
    let paper = [("number", "3/SNV"), ("signed_on", "01/11/2026"), ("issuer", "Sở Nội vụ")];
    admin.submit("/tai-khoan/moi", &[&shared[..], &paper].concat()).await.is(422).sees("không dùng chung").sees("DT-PL.1");
}

#[tokio::test]
async fn a_leader_asked_for_twice_at_the_same_moment_has_one_account() {
    let site = Site::under("dong-thap-2014").await;
    let login = site.account("system_admin", site.province, None).await;
    let (mut one, mut two, mut three) = (site.sign_in(&login).await, site.sign_in(&login).await, site.sign_in(&login).await);
    let name = "Hà Văn Mẫu";
    let answers = tokio::join!(
        ask_for_leader(&site, &mut one, "pct-mot", name),
        ask_for_leader(&site, &mut two, "pct-hai", name),
        ask_for_leader(&site, &mut three, "pct-ba", name)
    );
    let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16(), answers.2.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [200, 422, 422]);
}

#[tokio::test]
async fn the_highest_account_of_dong_thap_is_handed_over_and_stays_one() {
    let site = Site::under("dong-thap-2014").await;
    let (first, second) =
        (site.account("system_admin", site.province, None).await, site.account("person", site.province, Some(site.mai)).await);
    let mut admin = site.sign_in(&first).await;
    let (old, new) = (id_of(&mut admin, &first).await, id_of(&mut admin, &second).await);
    admin
        .submit(&format!("/tai-khoan/{new}/vai-tro"), &[("role", "system_admin")])
        .await
        .is(422)
        .sees("chỉ cho một tài khoản")
        .sees("DT-PL.5");
    for state in ["suspended", "closed"] {
        admin.submit(&format!("/tai-khoan/{old}/trang-thai"), &[("state", state)]).await.is(409).sees("đúng một tài khoản").sees("DT-PL.5");
    }
    let page = admin.open(&format!("/tai-khoan/{old}")).await;
    let role = page.body.split("name=\"role_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    admin.submit(&format!("/tai-khoan/{old}/vai-tro/thu-hoi"), &[("role_id", &role)]).await.is(409).sees("DT-PL.5");

    let address = format!("/tai-khoan/{new}/vai-tro/ban-giao");
    admin.open(&format!("/tai-khoan/{new}")).await.sees("Nhận bàn giao").sees(&first);
    admin.submit(&address, &[("role", "system_admin")]).await.is(422).sees("Nhập số, ký hiệu văn bản");
    let paper = [("role", "system_admin"), ("so_ban_giao", "9/QĐ-SNV"), ("ngay_ban_giao", "18/11/2026"), ("noi_ban_giao", "Sở Nội vụ")];
    assert_eq!(admin.submit(&address, &paper).await.is(303).location(), Some("/"));
    admin.open("/tai-khoan").await.is(403);
    let mut successor = site.sign_in(&second).await;
    successor.open(&format!("/tai-khoan/{new}")).await.is(200).sees("9/QĐ-SNV, 18/11/2026, Sở Nội vụ").misses("Nhận bàn giao");
    successor.open(&format!("/tai-khoan/{old}")).await.sees("Nhận bàn giao").sees(&day(-1));
    successor.submit(&format!("/tai-khoan/{old}/vai-tro"), &[("role", "system_admin")]).await.is(422).sees(&second);
}
