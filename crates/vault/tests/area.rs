//! Who sees what, in the same words on both databases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use site::{CreateDossiers, EditDossiers, FORM, ManageAccounts, ReadDossiers, ReadOwn, Site, names, person};
use vault::{Basis, Error, Read};

site::on_both! {
    values_come_back_as_they_went_in
    each_role_sees_its_own_rows
    texts_that_go_round_the_braces_are_refused
    a_table_nobody_classified_stops_the_start
    a_changed_migration_stops_the_start
    nothing_leaves_or_enters_an_area_but_by_a_transfer
    a_keeper_of_accounts_gives_no_role_outside_the_area
    a_moved_unit_takes_its_people_and_accounts_along
}

async fn values_come_back_as_they_went_in(site: &Site) {
    let all = site.root().await;
    let text = "SELECT r.full_name, r.folded_name, r.born_on, r.is_member, p.own_fields, r.changed_at FROM {roster} r JOIN {s_party_membership} p ON p.dossier_id = r.dossier_id WHERE r.born_on = $2 AND r.is_member = $3 AND r.dossier_id = $1";
    let row = site
        .db
        .read(&all)
        .one(text, &[site.an.into(), "1990-02-28".parse::<jiff::civil::Date>().unwrap().into(), true.into()])
        .await
        .unwrap();
    assert_eq!(row.text("folded_name").unwrap(), "nguyen duc an");
    assert_eq!(row.date("born_on").unwrap().to_string(), "1990-02-28");
    assert!(row.bool("is_member").unwrap());
    assert_eq!(row.get::<serde_json::Value>("own_fields").unwrap(), serde_json::json!({"a": [true, "Tày"], "b": 1}));
    assert!(row.get::<jiff::Timestamp>("changed_at").unwrap() <= jiff::Timestamp::now());
    assert!(matches!(row.int("full_name"), Err(Error::Column(_))));
    let child = site.db.read(&all).one("SELECT t.to_date FROM {s_degree_history} t LIMIT $1", &[1.into()]).await.unwrap();
    assert_eq!(child.get::<Option<String>>("to_date").unwrap(), None);
}

async fn each_role_sees_its_own_rows(site: &Site) {
    let health = site.viewer("unit_admin", site.health, None).await;
    let hospital = site.viewer("operator", site.hospital, None).await;
    let own = site.viewer("person", site.home_affairs, Some(site.an)).await;
    assert_eq!(names::<ReadDossiers>(&site.db, &health).await, ["Lò Thị Mai"]);
    assert_eq!(names::<ReadOwn>(&site.db, &own).await, ["Nguyễn Đức An"]);
    assert!(own.may::<ReadDossiers>().is_none());
    let mut change = site.correction().await;
    change.open_dossier(site.ward, FORM, person("Hà Thị Ban", "015190000003")).await.unwrap();
    change.open_dossier(site.health, FORM, person("Vàng A Páo", "015190000004")).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(names::<ReadDossiers>(&site.db, &hospital).await, ["Hà Thị Ban", "Lò Thị Mai"], "the unit with its inner ward");
    let desk = site.viewer("operator", site.health, None).await;
    assert_eq!(names::<ReadDossiers>(&site.db, &desk).await, ["Vàng A Páo"], "the unit without the units below it");
    let whole = site.viewer("system_admin", site.hospital, None).await;
    assert_eq!(names::<ReadDossiers>(&site.db, &whole).await.len(), 4, "as far as the regulation reaches");
    let machine = site.viewer("it_centre", site.province, None).await;
    assert!(machine.may::<ReadDossiers>().is_none());
    assert!(machine.may::<site::BackUp>().unwrap().operates());

    let grant = hospital.may::<ReadDossiers>().unwrap();
    let text = "WITH mine AS (SELECT t.dossier_id FROM {s_degree_history} t) SELECT m.dossier_id, u.name FROM mine m JOIN {dossiers} d ON d.id = m.dossier_id JOIN units u ON u.id = d.unit_id WHERE d.id = $1";
    assert_eq!(site.db.read(&grant).rows(text, &[site.mai.into()]).await.unwrap().len(), 1);
    assert!(site.db.read(&grant).rows(text, &[site.an.into()]).await.unwrap().is_empty());
}

async fn texts_that_go_round_the_braces_are_refused(site: &Site) {
    let grant = site.root().await;
    let ask = async |text: &str| site.db.read(&grant).rows(text, &[]).await.unwrap_err();
    assert!(matches!(ask("SELECT id FROM dossiers").await, Error::Bare(_)));
    assert!(matches!(ask("SELECT u.id FROM units u, Dossiers d").await, Error::Bare(_)));
    assert!(matches!(ask("SELECT id FROM \"dossiers\"").await, Error::NotReading(_)));
    assert!(matches!(ask("SELECT id FROM {audit_heads} a").await, Error::Bare(_)));
    assert!(matches!(ask("SELECT rowid FROM name_search").await, Error::Bare(_)));
    assert!(matches!(ask("SELECT id FROM {salaries} s").await, Error::Unclassified(_)));
    assert!(matches!(ask("SELECT id FROM salaries").await, Error::Unclassified(_)));
    for hidden in ["SELECT E'\\'' FROM dossiers WHERE ''", "SELECT 1 /* ' */ FROM dossiers /* ' */", "SELECT $$'$$ FROM dossiers"] {
        assert!(matches!(ask(hidden).await, Error::NotReading(_)), "{hidden}");
    }
    assert!(matches!(ask("DELETE FROM units").await, Error::NotReading(_)));
    assert!(matches!(ask("SELECT 1; SELECT 2").await, Error::NotReading(_)));
    let quoted = site.db.read(&grant).rows("SELECT 'from dossiers' AS said -- dossiers", &[]).await.unwrap();
    assert_eq!(quoted.first().unwrap().text("said").unwrap(), "from dossiers");
}

async fn a_table_nobody_classified_stops_the_start(site: &Site) {
    site.sql("CREATE TABLE salaries (id BIGINT PRIMARY KEY)").await;
    assert!(matches!(site.db.migrate().await, Err(Error::Unclassified(table)) if table == "salaries"));
}

async fn a_changed_migration_stops_the_start(site: &Site) {
    site.sql("UPDATE refinery_schema_history SET checksum = '1' WHERE version = 2").await;
    assert!(matches!(site.db.migrate().await, Err(Error::Migration(_))));
}

async fn nothing_leaves_or_enters_an_area_but_by_a_transfer(site: &Site) {
    let sender = site.viewer("unit_admin", site.health, None).await.may::<EditDossiers>().unwrap();
    let receiver = site.viewer("verifier", site.home_affairs, None).await.may::<CreateDossiers>().unwrap();
    let seen = site.seen("dossiers", site.mai).await;
    let to = ("unit_id", site.home_affairs.into());
    let mut change = site.db.change(&sender, "dossier.take").await.unwrap();
    change.rests_on(Basis::Decision(1));
    assert!(matches!(change.update("dossiers", seen, std::slice::from_ref(&to)).await, Err(Error::NotFound)));
    assert!(matches!(change.commit().await, Err(Error::Spoilt)));
    let mut change = site.db.change(&receiver, "dossier.take").await.unwrap();
    change.rests_on(Basis::Decision(1));
    assert!(matches!(change.update("dossiers", seen, std::slice::from_ref(&to)).await, Err(Error::NotFound)));
    drop(change);
    let day: jiff::civil::Date = "2025-08-28".parse().unwrap();
    let transfer = [
        ("dossier_id", site.mai.into()),
        ("from_unit_id", site.hospital.into()),
        ("to_unit_id", site.home_affairs.into()),
        ("state", "sent".into()),
        ("effective_on", day.into()),
    ];
    let mut forged = site.db.change(&receiver, "transfer.send").await.unwrap();
    assert!(matches!(forged.insert("transfers", &transfer).await, Err(Error::NotFound)));
    drop(forged);
    let mut change = site.db.change(&sender, "transfer.send").await.unwrap();
    let id = change.insert("transfers", &transfer).await.unwrap();
    change.commit().await.unwrap();
    let mut change = site.db.change(&sender, "transfer.accept").await.unwrap();
    assert!(matches!(change.cross(id).await, Err(Error::NotFound)), "the sender has nothing to receive");
    drop(change);

    let mut change = site.db.change(&receiver, "transfer.accept").await.unwrap();
    assert!(change.one("SELECT d.id FROM {dossiers} d WHERE d.id = $1", &[site.mai.into()]).await.is_err());
    change.cross(id).await.unwrap();
    change.one("SELECT d.id FROM {dossiers} d WHERE d.id = $1", &[site.mai.into()]).await.unwrap();
    change.update("dossiers", seen, &[to]).await.unwrap();
    change.update("transfers", site.seen("transfers", id).await, &[("state", "accepted".into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(
        site.sql(&format!("SELECT COUNT(*) FROM audit_entries WHERE basis = 'transfer {id}' AND dossier_id = {}", site.mai)).await,
        2
    );
    let mut again = site.db.change(&receiver, "transfer.accept").await.unwrap();
    assert!(matches!(again.cross(id).await, Err(Error::NotFound)));
}

async fn a_keeper_of_accounts_gives_no_role_outside_the_area(site: &Site) {
    let keeper = site.viewer("co_admin", site.health, None).await;
    assert!(keeper.may::<ManageAccounts>().is_none(), "the regulation in force there has no such role");
    let mut change = site.db.change(&site.root().await, "regulation.attach").await.unwrap();
    let day: jiff::civil::Date = "2022-01-01".parse().unwrap();
    change
        .insert(
            "unit_regulations",
            &[("unit_id", site.health.into()), ("regulation_code", "lang-son-2022".into()), ("from_on", day.into())],
        )
        .await
        .unwrap();
    change.commit().await.unwrap();
    let keeper = site.db.viewer(keeper.account_id()).await.unwrap();
    let grant = keeper.may::<ManageAccounts>().unwrap();
    assert!(keeper.may::<ReadDossiers>().is_none());
    assert!(site.db.read(&grant).rows("SELECT r.dossier_id FROM {roster} r", &[]).await.unwrap().is_empty());
    assert_eq!(site.db.read(&grant).rows("SELECT a.id FROM {accounts} a", &[]).await.unwrap().len(), 1);
    let mut change = site.db.change(&grant, "account.open").await.unwrap();
    let set = [("name", "Bệnh viện".into()), ("kind", "unit".into()), ("unit_id", site.hospital.into())];
    let account = change.insert("accounts", &set).await.unwrap();
    let role = |unit: i64| [("account_id", account.into()), ("role_code", "operator".into()), ("unit_id", unit.into())];
    change.insert("account_roles", &role(site.hospital)).await.unwrap();
    assert!(matches!(change.insert("account_roles", &role(site.province)).await, Err(Error::NotFound)));
    drop(change);
    let mut change = site.db.change(&grant, "account.open").await.unwrap();
    let outside = [("name", "Sở".into()), ("kind", "unit".into()), ("unit_id", site.home_affairs.into())];
    assert!(matches!(change.insert("accounts", &outside).await, Err(Error::NotFound)));
}

async fn a_moved_unit_takes_its_people_and_accounts_along(site: &Site) {
    let ward = site.account("operator", site.ward, None).await;
    let mut change = site.db.change(&site.root().await, "unit.move").await.unwrap();
    change.move_unit(site.seen("units", site.hospital).await, site.home_affairs).await.unwrap();
    change.commit().await.unwrap();
    let path = format!("/{}/{}/{}/", site.province, site.home_affairs, site.hospital);
    for (table, id) in [("dossiers", format!("id = {}", site.mai)), ("roster", format!("dossier_id = {}", site.mai))] {
        assert_eq!(site.sql(&format!("SELECT COUNT(*) FROM {table} WHERE {id} AND unit_path = '{path}'")).await, 1, "{table}");
    }
    for (table, id) in [("accounts", "id"), ("account_roles", "account_id")] {
        assert_eq!(
            site.sql(&format!("SELECT COUNT(*) FROM {table} WHERE {id} = {ward} AND unit_path = '{path}{}/'", site.ward)).await,
            1,
            "{table}"
        );
    }
    let health = site.viewer("unit_admin", site.health, None).await;
    assert!(names::<ReadDossiers>(&site.db, &health).await.is_empty());
    let mut change = site.db.change(&site.root().await, "unit.move").await.unwrap();
    assert!(change.move_unit(site.seen("units", site.hospital).await, site.ward).await.is_err(), "not below itself");
}
