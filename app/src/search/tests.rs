//! The list, as clerks and heads use it.

use super::pages::ListPage;
use crate::{page::Page, tests::site::Site};

/// A site with some people more at the hospital.
async fn site() -> Site {
    let site = Site::yen_bai().await;
    for (place, name) in ["Đỗ Thị Dung", "Hoàng Thị Lan Anh", "Lý Quốc Bảo", "Nông Văn Đạt", "Triệu Thị Ánh"].into_iter().enumerate()
    {
        let gender = if name.contains("Thị") { "2" } else { "1" };
        site.person(site.hospital, name, gender, &format!("198{place}-01-0{}", place + 1), &format!("01518{place}000100")).await;
    }
    site
}

/// Names in the order of the page.
fn names(body: &str) -> Vec<String> {
    let links = body.split("<th scope=\"row\"").skip(1);
    links.filter_map(|rest| rest.split("\">").nth(2)?.split('<').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_list_runs_by_given_name_and_backwards_and_by_any_column() {
    let site = site().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let page = clerk.open("/ho-so").await;
    let by_name = ["Hoàng Thị Lan Anh", "Triệu Thị Ánh", "Lý Quốc Bảo", "Đỗ Thị Dung", "Nông Văn Đạt", "Lò Thị Mai"];
    assert_eq!(names(&page.is(200).body), by_name);
    page.sees("6 hồ sơ").sees("aria-sort=\"ascending\"").sees("01/01/1980");
    let mut backwards = names(&clerk.open("/ho-so?xep=-full_name").await.body);
    backwards.reverse();
    assert_eq!(backwards, by_name);
    let by_birth = names(&clerk.open("/ho-so?xep=birth_date").await.body);
    assert_eq!(by_birth, ["Đỗ Thị Dung", "Hoàng Thị Lan Anh", "Lý Quốc Bảo", "Nông Văn Đạt", "Triệu Thị Ánh", "Lò Thị Mai"]);
    assert_eq!(names(&clerk.open("/ho-so?chu=%C4%90").await.body), ["Nông Văn Đạt", "Lò Thị Mai"]);
}

#[tokio::test]
async fn every_column_on_offer_sorts_both_ways() {
    let site = site().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    for column in site.app.lists.columns.iter().filter(|column| column.sort.is_some()) {
        for way in ["", "-"] {
            let page = clerk.open(&format!("/ho-so?xep={way}{}", column.key)).await;
            assert_eq!(names(&page.is(200).body).len(), 6, "{way}{}", column.key);
        }
    }
}

#[tokio::test]
async fn a_person_is_found_without_diacritics_and_by_number() {
    let site = site().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    assert_eq!(names(&clerk.open("/ho-so?q=thi+d").await.body), ["Đỗ Thị Dung"]);
    assert_eq!(names(&clerk.open("/ho-so?q=015184").await.body), ["Triệu Thị Ánh"]);
    clerk.open("/ho-so?q=nguyen").await.sees("Không có hồ sơ nào khớp").misses("Nguyễn Đức An");
}

#[tokio::test]
async fn lists_are_narrowed_by_unit_code_range_and_what_is_missing() {
    let site = site().await;
    let mut admin = site.sign_in_as("system_admin", site.province).await;
    admin.open("/ho-so").await.sees("7 hồ sơ").sees("Nguyễn Đức An");
    admin.open(&format!("/ho-so?dv={}", site.health)).await.sees("6 hồ sơ").misses("Nguyễn Đức An").sees("Sở Y tế và trực thuộc");
    let women = admin.open("/ho-so?dk=gender&gt=2").await;
    assert_eq!(names(&women.body).len(), 4);
    women.sees("Giới tính: Nữ").sees("gender%7Ela%7E2");
    assert_eq!(
        names(&admin.open("/ho-so?dk=birth_date&tu=1983&den=03/1985").await.body),
        ["Nguyễn Đức An", "Triệu Thị Ánh", "Nông Văn Đạt"]
    );
    admin.open("/ho-so?loc=officer_number~thieu").await.sees("7 hồ sơ").sees("Số hiệu cán bộ: còn thiếu");
    admin.open("/ho-so?tt=da-di").await.sees("Không có hồ sơ nào khớp");
    admin.open("/ho-so?dk=gender").await.sees("Giới tính là một trong").sees("Nam");
    admin.open("/ho-so?dv=1").await.is(404);
}

#[tokio::test]
async fn long_lists_are_leafed_through_without_losing_or_repeating_anybody() {
    let site = Site::yen_bai().await;
    for place in 0..118 {
        let born = if place % 3 == 0 { "1990" } else { "" };
        let name = format!("Giàng A {}", ["Páo", "Súa", "Chư"][place % 3]);
        site.person(site.hospital, &name, "1", born, &format!("0152{place:08}")).await;
    }
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    for sort in ["", "xep=birth_date", "xep=-birth_date", "xep=gender", "xep=-full_name"] {
        let mut page = clerk.open(&format!("/ho-so?{sort}")).await;
        let (mut seen, mut firsts, mut pages) = (Vec::new(), Vec::new(), 1);
        loop {
            let ids = ids(&page.body);
            firsts.push(ids[0]);
            seen.extend(ids);
            let Some(next) = link(&page.body, "next") else { break };
            page = clerk.open(&next).await;
            pages += 1;
        }
        assert_eq!((pages, seen.len()), (3, 119), "{sort}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 119, "{sort}");
        page = clerk.open(&link(&page.body, "prev").unwrap()).await;
        assert_eq!(ids(&page.body)[0], firsts[1], "{sort}");
        assert!(link(&page.body, "prev").is_some() && link(&page.body, "next").is_some());
    }
    clerk.open("/ho-so").await.sees("Đếm số hồ sơ");
    assert_eq!(clerk.open("/ho-so/dem").await.location(), Some("/ho-so"));
    clerk.open("/ho-so").await.sees("119 hồ sơ");
}

fn ids(body: &str) -> Vec<i64> {
    let links = body.split("<th scope=\"row\"").skip(1);
    links.map(|rest| rest.split("href=\"/ho-so/").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()).collect()
}

fn link(body: &str, rel: &str) -> Option<String> {
    let rest = body.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
    Some(rest.split('"').next()?.replace("&amp;", "&").replace("&#x2f;", "/"))
}

#[tokio::test]
async fn whoever_only_looks_neither_sees_personal_columns_nor_finds_by_them() {
    let site = site().await;
    let mut head = site.sign_in_as("unit_head", site.health).await;
    let page = head.open("/ho-so").await;
    page.is(200).sees("Lò Thị Mai").misses("28/02/1990").misses("Ngày sinh").misses("Hệ số lương");
    assert_eq!(names(&head.open("/ho-so?q=015190000001").await.body).len(), 0);
    assert_eq!(names(&head.open("/ho-so?loc=birth_date~tu~1990~").await.body).len(), 6);
    head.submit("/ho-so/cot", &[("cot", "personal_id_number"), ("cot", "gender")]).await.is(303);
    head.open("/ho-so").await.misses("015190000001").sees("data-label=\"Giới tính\"");
    let mut sibling = site.sign_in_as("unit_head", site.finance).await;
    sibling.open("/ho-so?q=mai").await.misses("Lò Thị Mai");
}

#[tokio::test]
async fn chosen_columns_and_kept_lists_are_remembered_for_the_account_alone() {
    let site = site().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    clerk.submit("/ho-so/cot", &[("cot", "personal_id_number"), ("ve", "q=mai")]).await.is(303);
    clerk.open("/ho-so").await.sees("015190000001").misses("data-label=\"Giới tính\"");
    clerk.submit("/ho-so/danh-sach", &[("ten", "Người tên Mai"), ("ve", "q=mai")]).await.is(303);
    clerk.open("/ho-so").await.sees("Người tên Mai");
    clerk.submit("/ho-so/danh-sach", &[("ten", " "), ("ve", "q=mai")]).await.is(422).sees("Đặt tên cho danh sách");
    let mut other = site.sign_in_as("operator", site.hospital).await;
    other.open("/ho-so").await.misses("Người tên Mai").misses("015190000001");
    clerk.submit("/ho-so/danh-sach/bo", &[("ten", "Người tên Mai")]).await.is(303);
    clerk.open("/ho-so").await.misses("Người tên Mai");
    clerk.submit("/ho-so/cot", &[("mac-dinh", "1")]).await.is(303);
    clerk.open("/ho-so").await.sees("data-label=\"Giới tính\"");
}

#[tokio::test]
async fn an_exchange_gets_the_part_it_asked_for() {
    let site = site().await;
    let mut clerk = site.sign_in_as("operator", site.hospital).await;
    let ask = |target: &str| {
        let request = axum::http::Request::get("/ho-so?q=dung").header("hx-request", "true").header("hx-target", target);
        request.body(axum::body::Body::empty()).unwrap()
    };
    clerk.send(ask("ket-qua")).await.sees("Đỗ Thị Dung").misses("<html").misses("id=\"danh-sach\"");
    clerk.send(ask("danh-sach")).await.sees("Đỗ Thị Dung").misses("<html").sees("id=\"danh-sach\"");
}

#[tokio::test]
async fn every_sample_of_the_list_renders() {
    let site = Site::yen_bai().await;
    for page in ListPage::samples() {
        for template in [ListPage::TEMPLATE, "search/results.html"] {
            let page = minijinja::Value::from_serialize(&page);
            let frame = minijinja::context! { nav => Vec::<String>::new(), may => minijinja::context! { search => true }, person => "", role => "", unit_name => "", regulation => "", assets => "", version => "", today => "" };
            site.app.templates.get_template(template).unwrap().render(minijinja::context! { frame, ..page }).unwrap();
        }
    }
}
