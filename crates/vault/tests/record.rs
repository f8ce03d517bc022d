//! What a change leaves behind, in the same words on both databases.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod site;

use serde_json::json;
use site::{EditDossiers, EditTree, FORM, ReadDossiers, Site, person};
use vault::{Basis, Error, Read, Undone};

site::on_both! {
    a_second_writer_of_the_same_version_is_refused
    a_dossier_needs_a_basis
    a_dropped_change_never_was
    a_change_that_met_an_error_is_not_committed
    the_chain_shows_every_tampering
    many_writers_keep_the_chain
    those_who_take_the_same_turn_see_what_the_one_before_wrote
    a_person_has_one_active_dossier
    what_was_known_on_a_day_can_be_asked
    reading_is_on_the_record_and_history_tells_it
    an_import_can_be_undone_until_somebody_writes_what_it_wrote
    an_update_is_undone_to_the_words_before
    withdrawals_in_any_order_leave_what_the_others_wrote
    columns_hold_only_their_own_kind
}

async fn a_second_writer_of_the_same_version_is_refused(site: &Site) {
    let seen = site.section(site.mai, "identity").await;
    let edit = site.viewer("operator", site.hospital, None).await.may::<EditDossiers>().unwrap();
    for (name, stands) in [("Lò Thị Mai Hoa", true), ("Lò Thị Mai Lan", false)] {
        let mut change = site.db.change(&edit, "dossier.correct").await.unwrap();
        change.rests_on(Basis::Correction("sai họ tên".into()));
        let done = change.write_section(site.mai, "identity", Some(seen), &[("full_name", name.into())]).await;
        assert_eq!(done.is_ok(), stands);
        assert!(stands || matches!(done, Err(Error::Conflict { .. })));
        if stands {
            change.commit().await.unwrap();
        }
    }
    assert_eq!(site.sql("SELECT COUNT(*) FROM roster WHERE folded_name = 'lo thi mai hoa'").await, 1);
    assert_eq!(site.sql("SELECT COUNT(*) FROM audit_entries WHERE act = 'dossier.correct' AND diff LIKE '%\"full_name\":[\"Lò Thị Mai\",\"Lò Thị Mai Hoa\"]%'").await, 1);
}

async fn a_dossier_needs_a_basis(site: &Site) {
    let edit = site.root().await;
    let mut change = site.db.change(&edit, "position.close").await.unwrap();
    let position = site.section(site.an, "position_history").await;
    let day: jiff::civil::Date = "2015-06-30".parse().unwrap();
    assert!(matches!(change.update("s_position_history", position, &[("to_date", day.into())]).await, Err(Error::NoBasis(_))));
    drop(change);
    let mut change = site.db.change(&edit, "position.close").await.unwrap();
    change.rests_on(Basis::Declaration(4));
    change.update("s_position_history", position, &[("to_date", day.into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(site.sql("SELECT COUNT(*) FROM s_position_history WHERE to_date = '2015-06-30'").await, 1);
}

async fn a_dropped_change_never_was(site: &Site) {
    let before = site.db.verify_chain(&[]).await.unwrap();
    let mut change = site.db.change(&site.root().await, "unit.found").await.unwrap();
    change.insert("units", &[("parent_id", site.health.into()), ("name", "Chi cục Dân số".into())]).await.unwrap();
    drop(change);
    let mut change = site.db.change(&site.root().await, "unit.rename").await.unwrap();
    assert!(change.rows("SELECT u.id FROM units u WHERE u.name = $1", &["Chi cục Dân số".into()]).await.unwrap().is_empty());
    drop(change);
    assert_eq!(site.db.verify_chain(&before.heads).await.unwrap().heads, before.heads);
}

async fn a_change_that_met_an_error_is_not_committed(site: &Site) {
    let mut change = site.correction().await;
    change.insert("units", &[("parent_id", site.health.into()), ("name", "Chi cục Dân số".into())]).await.unwrap();
    assert!(change.rows("SELECT u.nothing FROM units u", &[]).await.is_err());
    assert!(matches!(change.commit().await, Err(Error::Spoilt)));
    assert_eq!(site.sql("SELECT COUNT(*) FROM units WHERE name = 'Chi cục Dân số'").await, 0);
}

async fn the_chain_shows_every_tampering(site: &Site) {
    let kept = site.db.verify_chain(&[]).await.unwrap();
    assert_eq!(kept.entries, 10);
    let fault = async || match site.db.verify_chain(&kept.heads).await {
        Err(Error::Chain(fault)) => fault.seq,
        other => panic!("not found: {other:?}"),
    };
    site.sql("UPDATE audit_entries SET account_name = 'Ai đó' WHERE seq = 3").await;
    assert_eq!(fault().await, 3);
    site.sql("UPDATE audit_entries SET account_name = 'Quản trị' WHERE seq = 3").await;
    for swap in ["SET seq = 99 WHERE seq = 4", "SET seq = 4 WHERE seq = 5", "SET seq = 5 WHERE seq = 99"] {
        site.sql(&format!("UPDATE audit_entries {swap}")).await;
    }
    assert_eq!(fault().await, 4);
    for swap in ["SET seq = 99 WHERE seq = 4", "SET seq = 4 WHERE seq = 5", "SET seq = 5 WHERE seq = 99"] {
        site.sql(&format!("UPDATE audit_entries {swap}")).await;
    }
    site.db.verify_chain(&kept.heads).await.unwrap();
    site.sql("UPDATE audit_heads SET seq = 9").await;
    site.sql("DELETE FROM audit_entries WHERE seq = 10").await;
    assert_eq!(fault().await, 10);
    site.sql("DELETE FROM audit_entries WHERE seq = 2").await;
    site.sql("UPDATE audit_heads SET seq = 10").await;
    assert_eq!(fault().await, 2);
}

async fn many_writers_keep_the_chain(site: &Site) {
    let before = site.db.verify_chain(&[]).await.unwrap();
    let edit = site.root().await;
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let (db, edit, parent, mai) = (site.db.clone(), edit.clone(), site.health, site.mai);
            tokio::spawn(async move {
                for turn in 0..5 {
                    let mut change = db.change(&edit, "unit.found").await.unwrap();
                    let set = [("parent_id", parent.into()), ("name", format!("Phòng {writer}.{turn}").into())];
                    change.insert("units", &set).await.unwrap();
                    change.commit().await.unwrap();
                    db.note(&edit, "dossier.open", Some(mai), json!({})).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(site.db.verify_chain(&before.heads).await.unwrap().entries, before.entries + 80);
}

async fn those_who_take_the_same_turn_see_what_the_one_before_wrote(site: &Site) {
    // SQLite has one writer, who would wait for the other at the line.
    let line = tokio::sync::Barrier::new(if site.url.starts_with("sqlite:") { 1 } else { 2 });
    let found = async |name: &str| {
        let mut change = site.db.change(&site.root().await, "unit.found").await.unwrap();
        line.wait().await;
        change.take_turn("the only annex").await.unwrap();
        let text = "SELECT u.id FROM units u WHERE u.parent_id = $1 AND u.name LIKE 'Phân trạm%'";
        if change.rows(text, &[site.health.into()]).await.unwrap().is_empty() {
            change.insert("units", &[("parent_id", site.health.into()), ("name", name.into())]).await.unwrap();
            change.commit().await.unwrap();
        }
    };
    tokio::join!(found("Phân trạm một"), found("Phân trạm hai"));
    assert_eq!(site.sql("SELECT COUNT(*) FROM units WHERE name LIKE 'Phân trạm%'").await, 1);
}

async fn a_person_has_one_active_dossier(site: &Site) {
    let mut change = site.correction().await;
    let twice = change.open_dossier(site.health, FORM, person("Lò Thị Mai", "015190000001")).await;
    assert!(matches!(twice, Err(Error::Taken(what)) if what == "roster.personal_id_number"));
    drop(change);
    let mut change = site.correction().await;
    change.update("dossiers", site.seen("dossiers", site.mai).await, &[("state", "left".into())]).await.unwrap();
    change.commit().await.unwrap();
    let mut change = site.correction().await;
    change.open_dossier(site.health, FORM, person("Lò Thị Mai", "015190000001")).await.unwrap();
    change.commit().await.unwrap();
    let mut change = site.correction().await;
    let back = site.seen("dossiers", site.mai).await;
    change.update("dossiers", back, &[("state", "active".into())]).await.unwrap();
    assert!(matches!(change.commit().await, Err(Error::Taken(_))));
}

async fn what_was_known_on_a_day_can_be_asked(site: &Site) {
    let before = jiff::Timestamp::now();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let degree = site.section(site.mai, "degree_history").await;
    let mut change = site.correction().await;
    change.write_section(site.mai, "degree_history", Some(degree), &[("institution", "ĐH Thái Nguyên".into())]).await.unwrap();
    change.commit().await.unwrap();
    let between = jiff::Timestamp::now();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let mut change = site.correction().await;
    change.retract("s_degree_history", site.section(site.mai, "degree_history").await).await.unwrap();
    change.commit().await.unwrap();

    let grant = site.root().await;
    let known = async |at| {
        let rows = site.db.read(&grant).as_known(site.mai, "s_degree_history", at).await.unwrap();
        rows.iter().map(|row| row["institution"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(known(before).await, ["ĐH Tây Bắc"]);
    assert_eq!(known(between).await, ["ĐH Thái Nguyên"]);
    assert!(known(jiff::Timestamp::now()).await.is_empty());
    let stranger = site.viewer("unit_admin", site.home_affairs, None).await;
    assert!(stranger.may::<ReadDossiers>().is_none(), "that regulation knows no such role");
    let health = site.viewer("unit_admin", site.health, None).await.may::<ReadDossiers>().unwrap();
    assert!(site.db.read(&health).as_known(site.an, "s_degree_history", before).await.unwrap().is_empty());
}

async fn reading_is_on_the_record_and_history_tells_it(site: &Site) {
    let viewer = site.viewer("operator", site.hospital, None).await.from_where("10.0.0.7");
    let grant = viewer.may::<ReadDossiers>().unwrap();
    site.db.note(&grant, "dossier.open", Some(site.mai), json!({"section": "identity"})).await.unwrap();
    assert!(matches!(site.db.note(&grant, "dossier.open", Some(site.an), json!({})).await, Err(Error::NotFound)));
    let history = site.db.read(&grant).history(site.mai, 10).await.unwrap();
    assert_eq!(history.iter().map(|row| row.text("act").unwrap()).collect::<Vec<_>>(), ["dossier.open", "site.set_up"]);
    assert_eq!(history[0].text("from_where").unwrap(), "10.0.0.7");
    let opened: serde_json::Value = serde_json::from_str(&history[1].text("diff").unwrap()).unwrap();
    assert_eq!(opened["identity"][0]["full_name"], json!([null, "Lò Thị Mai"]));
    assert!(matches!(site.db.read(&grant).history(site.an, 10).await, Err(Error::NotFound)));
    site.db.verify_chain(&[]).await.unwrap();
}

async fn an_import_can_be_undone_until_somebody_writes_what_it_wrote(site: &Site) {
    let edit = site.root().await;
    let mut change = site.db.change(&edit, "dossier.import").await.unwrap();
    change.rests_on(Basis::Import(77));
    let ban = change.open_dossier(site.ward, FORM, person("Hà Thị Ban", "015190000003")).await.unwrap();
    change.commit().await.unwrap();
    let degree = site.section(ban, "degree_history").await;
    let mut change = site.correction().await;
    change.write_section(ban, "degree_history", Some(degree), &[("major", "Điều dưỡng".into())]).await.unwrap();
    change.commit().await.unwrap();
    match site.db.undo(&edit, "import.undo", Basis::Import(77)).await.unwrap() {
        Undone::Blocked(rows) => assert_eq!(rows[0].dossier_id, Some(ban)),
        done => panic!("{done:?}"),
    }
    let mut change = site.db.change(&edit, "dossier.import").await.unwrap();
    change.rests_on(Basis::Import(78));
    let pao = change.open_dossier(site.ward, FORM, person("Vàng A Páo", "015190000004")).await.unwrap();
    change.commit().await.unwrap();
    let strange = site.viewer("unit_admin", site.health, None).await.may::<EditDossiers>().unwrap();
    assert!(matches!(site.db.undo(&strange, "import.undo", Basis::Import(1)).await, Err(Error::NotFound)), "not outside the area");
    assert_eq!(site.db.undo(&edit, "import.undo", Basis::Import(78)).await.unwrap(), Undone::Done(1));
    assert_eq!(site.sql(&format!("SELECT COUNT(*) FROM roster WHERE dossier_id = {pao} AND state = 'hidden'")).await, 1);
    assert_eq!(site.sql(&format!("SELECT COUNT(*) FROM s_identity WHERE dossier_id = {pao}")).await, 0);
    assert_eq!(site.sql(&format!("SELECT COUNT(*) FROM past_rows WHERE dossier_id = {pao} AND table_name = 's_identity'")).await, 1);
    site.db.verify_chain(&[]).await.unwrap();
}

async fn an_update_is_undone_to_the_words_before(site: &Site) {
    let edit = site.root().await;
    let mut change = site.db.change(&edit, "dossier.import").await.unwrap();
    change.rests_on(Basis::Import(79));
    let identity = site.section(site.mai, "identity").await;
    change.write_section(site.mai, "identity", Some(identity), &[("full_name", "Lò Thị Hoa".into())]).await.unwrap();
    let degree = site.section(site.mai, "degree_history").await;
    change.retract("s_degree_history", degree).await.unwrap();
    let added = change.write_section(site.mai, "rewards", None, &[("year", 2020.into())]).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(site.db.undo(&edit, "import.undo", Basis::Import(79)).await.unwrap(), Undone::Done(3));
    assert_eq!(site.sql("SELECT COUNT(*) FROM roster WHERE full_name = 'Lò Thị Mai' AND folded_name = 'lo thi mai'").await, 1);
    assert_eq!(
        site.sql(&format!("SELECT COUNT(*) FROM s_degree_history WHERE id = {} AND institution = 'ĐH Tây Bắc'", degree.id)).await,
        1
    );
    assert_eq!(site.sql(&format!("SELECT COUNT(*) FROM s_rewards WHERE id = {added}")).await, 0);
    assert_eq!(site.db.undo(&edit, "import.undo", Basis::Import(79)).await.unwrap(), Undone::Done(0));
}

async fn columns_hold_only_their_own_kind(site: &Site) {
    let mut change = site.correction().await;
    let done = change.write_section(site.mai, "position_history", None, &[("from_date", "mùa xuân".into())]).await;
    assert!(matches!(done, Err(Error::Column(column)) if column == "s_position_history.from_date"));
    drop(change);
    let mut change = site.correction().await;
    assert!(matches!(change.write_section(site.mai, "identity", None, &[("nothing", 1.into())]).await, Err(Error::Column(_))));
    drop(change);
    let tree = site.viewer("system_admin", site.province, None).await.may::<EditTree>().unwrap();
    let mut change = site.db.change(&tree, "unit.found").await.unwrap();
    assert!(
        change.insert("units", &[("parent_id", vault::Value::Null), ("name", "Tỉnh khác".into())]).await.is_err(),
        "no new root inside an area"
    );
}

/// The phone number and the posts of a person, as a rule of thumb for everything two sections hold.
async fn standing(site: &Site) -> (Option<String>, Vec<i64>) {
    let edit = site.root().await;
    let mut reader = site.db.read(&edit);
    let contact = reader.rows("SELECT t.mobile_phone FROM {s_contact} t WHERE t.dossier_id = $1", &[site.mai.into()]).await.unwrap();
    let phone = contact.first().and_then(|row| row.get::<Option<String>>("mobile_phone").unwrap());
    let rewards =
        reader.rows("SELECT t.year FROM {s_rewards} t WHERE t.dossier_id = $1 ORDER BY t.year", &[site.mai.into()]).await.unwrap();
    (phone, rewards.iter().map(|row| row.int("year").unwrap()).collect())
}

async fn withdrawals_in_any_order_leave_what_the_others_wrote(site: &Site) {
    let edit = site.root().await;
    // What each standing basis wrote: a phone number or not, a reward or not.
    let mut standing_ones: Vec<(i64, bool, bool)> = Vec::new();
    let mut dice: u64 = 20_261_119;
    let mut next = |below: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % below
    };
    let (mut refused, mut undone) = (0, 0);
    for step in 0..60_i64 {
        let chosen = usize::try_from(next(standing_ones.len() as u64 + 2)).unwrap();
        match standing_ones.get(chosen).copied() {
            Some((basis, phone, _)) => {
                let later_phone = standing_ones.iter().skip(chosen + 1).any(|(_, phone, _)| *phone);
                match site.db.undo(&edit, "decision.withdraw", Basis::Decision(basis)).await.unwrap() {
                    Undone::Done(_) => {
                        assert!(!(phone && later_phone), "{basis} was undone under a later one");
                        standing_ones.remove(chosen);
                        undone += 1;
                    }
                    Undone::Blocked(rows) => {
                        assert!(phone && later_phone, "{basis} was blocked by nothing: {rows:?}");
                        refused += 1;
                    }
                }
            }
            None => {
                let (phone, reward) = (next(2) == 0, next(2) == 0);
                let mut change = site.db.change(&edit, "decision.apply").await.unwrap();
                change.rests_on(Basis::Decision(1000 + step));
                if phone {
                    let rows =
                        change.rows("SELECT t.id, t.version FROM {s_contact} t WHERE t.dossier_id = $1", &[site.mai.into()]).await.unwrap();
                    let seen = rows.first().map(|row| row.seen().unwrap());
                    let number = format!("09{:08}", 1000 + step);
                    change.write_section(site.mai, "contact", seen, &[("mobile_phone", number.into())]).await.unwrap();
                }
                if reward {
                    change.write_section(site.mai, "rewards", None, &[("year", (1000 + step).into())]).await.unwrap();
                }
                change.commit().await.unwrap();
                standing_ones.push((1000 + step, phone, reward));
            }
        }
        let phone = standing_ones.iter().rev().find(|(_, phone, _)| *phone).map(|(basis, ..)| format!("09{basis:08}"));
        let rewards: Vec<i64> = standing_ones.iter().filter(|(.., reward)| *reward).map(|(basis, ..)| *basis).collect();
        assert_eq!(standing(site).await, (phone, rewards), "after step {step}");
    }
    assert!(refused > 3 && undone > 10, "{refused} refused, {undone} undone");
    site.db.verify_chain(&[]).await.unwrap();
}
