//! Differences between data and paper, through the front door.

use crate::tests::site::{Answer, Browser, Site, day};

fn version(form: &Answer) -> String {
    form.is(200).body.split("name=\"phien_ban\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Flags the birth date of Mai.
async fn flag(who: &mut Browser, id: i64) -> Answer {
    who.submit(&format!("/ho-so/{id}/sai-lech"), &[("truong", "identity.birth_date"), ("words", "giấy khai sinh ghi 28/03/1990")]).await
}

#[tokio::test]
async fn a_birth_date_that_differs_from_the_paper_stays_flagged_until_it_is_corrected() {
    for regulation in ["yen-bai-2020", "hue-health-2017"] {
        let site = Site::under(regulation).await;
        let (mai, all) = (format!("/ho-so/{}", site.mai), format!("/ho-so/{}/sai-lech", site.mai));
        let mut clerk = site.sign_in_as("operator", site.hospital).await;
        clerk
            .submit(&all, &[("truong", "identity.nonsense"), ("words", " ")])
            .await
            .is(422)
            .sees("Chọn trường")
            .sees("Ghi hồ sơ giấy viết");
        flag(&mut clerk, site.mai).await.is(303);
        let words = "giấy khai sinh ghi 28/03/1990";
        clerk.open(&mai).await.is(200).sees("1 sai lệch với hồ sơ giấy chưa xử lý").sees(words);
        clerk.open("/ho-so").await.sees(&format!("<a class=\"badge is-late\" href=\"{all}\">sai lệch</a>"));
        clerk.open("/sai-lech").await.is(200).sees("Lò Thị Mai").sees("Thông tin nhân thân, ngày").sees(words);
        clerk.open("/").await.sees("sai lệch với hồ sơ giấy").sees("href=\"/sai-lech\"");
        let mut sibling = site.sign_in_as("operator", site.finance).await;
        sibling.open("/sai-lech").await.is(200).misses("Lò Thị Mai");
        sibling.open(&all).await.is(404);

        // Another field of the section leaves it open.
        let address = format!("{mai}/muc/identity");
        let seen = version(&clerk.open(&address).await);
        clerk.submit(&address, &[("phien_ban", &seen), ("ethnicity", "03")]).await.is(303);
        clerk.open("/sai-lech").await.sees(words);
        let seen = version(&clerk.open(&address).await);
        let correct = [("phien_ban", seen.as_str()), ("birth_date", "28/03/1990"), ("ly_do", "theo giấy khai sinh"), ("xac_nhan", "1")];
        clerk.submit(&address, &correct).await.is(303);
        clerk.open(&mai).await.sees("28/03/1990").misses("chưa xử lý");
        clerk.open("/sai-lech").await.misses("Lò Thị Mai").sees("Không có sai lệch nào đang chờ");
        clerk.open("/ho-so").await.misses(">sai lệch</a>");
        clerk.open(&all).await.sees("đã đính chính").sees(words).sees("theo giấy khai sinh");
        let history = clerk.open(&format!("{mai}/lich-su")).await;
        history
            .sees(&format!("Lý do: theo giấy khai sinh; khắc phục sai lệch ghi nhận ngày {}", day(0)))
            .sees("báo sai lệch với hồ sơ giấy");
    }
}

#[tokio::test]
async fn a_flag_is_rejected_with_a_reason_and_never_without() {
    let site = Site::yen_bai().await;
    let all = format!("/ho-so/{}/sai-lech", site.mai);
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    flag(&mut clerk, site.mai).await.is(303);
    let page = clerk.open(&all).await;
    let reject = page.body.split("action=\"").find(|part| part.contains("/bac-bo\"")).unwrap().split('"').next().unwrap().to_owned();
    clerk.submit(&reject, &[("version", "1"), ("reason", "")]).await.is(422).sees("Ghi lý do bác bỏ");
    clerk.open("/sai-lech").await.sees("Lò Thị Mai");
    clerk.submit(&reject, &[("version", "7"), ("reason", "đúng rồi")]).await.is(409);
    clerk.submit(&reject, &[("version", "1"), ("reason", "đã đối chiếu bản chính")]).await.is(303);
    clerk.open("/sai-lech").await.misses("Lò Thị Mai");
    clerk.open(&all).await.sees("đã bác bỏ").sees("đã đối chiếu bản chính").sees("giấy khai sinh ghi");
    clerk.submit(&reject, &[("version", "2"), ("reason", "lần nữa")]).await.is(404);
}

#[tokio::test]
async fn the_person_flags_their_own_dossier_and_whoever_only_looks_reads_no_words() {
    let site = Site::under("dong-thap-2014").await;
    let login = site.account("person", site.hospital, Some(site.mai)).await;
    let mut mai = site.sign_in(&login).await;
    flag(&mut mai, site.mai).await.is(303);
    mai.open("/sai-lech").await.is(200).sees("giấy khai sinh ghi 28/03/1990");
    mai.submit(&format!("/ho-so/{}/sai-lech", site.an), &[("truong", "identity.birth_date"), ("words", "x")]).await.is(404);
    let secret = "insurance_tax_bank.social_insurance_number";
    let words = [("truong", secret), ("words", "sổ ghi số 0101")];
    mai.submit(&format!("/ho-so/{}/sai-lech", site.mai), &words).await.is(303);
    let mut leader = site.sign_in_as("province_leader", site.province).await;
    leader.open("/sai-lech").await.is(200).sees("Lò Thị Mai").misses("sổ ghi số 0101").sees("không thuộc quyền xem");
    flag(&mut leader, site.mai).await.is(403);
    leader.state_purpose(site.mai).await;
    leader.open(&format!("/ho-so/{}/sai-lech", site.mai)).await.is(200).misses("sổ ghi số 0101").misses("Báo sai lệch");
    let mut admin = site.sign_in_as("unit_admin", site.health).await;
    admin.open("/sai-lech").await.sees("sổ ghi số 0101").sees("Đính chính");
}

/// Writes a list that was mapped, and waits for it.
async fn write(clerk: &mut Browser, at: &str) {
    clerk.submit(&format!("{at}/ghi"), &[]).await.is(303);
    for _ in 0..400 {
        let page = clerk.open(at).await;
        if page.body.contains("Đã ghi 1 dòng") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the writing did not end");
}

#[tokio::test]
async fn a_list_that_corrects_the_field_settles_the_flag_and_taking_it_back_opens_it_again() {
    let site = Site::yen_bai().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    flag(&mut clerk, site.mai).await.is(303);
    let list = "STT,Họ và tên,Ngày sinh,Số CCCD\n1,Lò Thị Mai,28/03/1990,015190000001\n";
    let unit = site.hospital.to_string();
    let at =
        clerk.upload("/nhap-excel", &[("don-vi", &unit)], "tep", ("ds.csv", list.as_bytes())).await.is(303).location().unwrap().to_owned();
    clerk.submit(&format!("{at}/ghep"), &[("cach", "update")]).await.is(303);
    write(&mut clerk, &at).await;
    clerk.open("/sai-lech").await.misses("Lò Thị Mai");
    clerk.open(&format!("/ho-so/{}/sai-lech", site.mai)).await.sees("đã đính chính").sees("nhập từ bảng tính");
    clerk.submit(&format!("{at}/hoan-tac"), &[]).await.is(303);
    clerk.open(&format!("/ho-so/{}", site.mai)).await.sees("28/02/1990").sees("chưa xử lý");
    clerk.open("/sai-lech").await.sees("Lò Thị Mai");
}
