//! The regulations: complete, and naming only articles, forms and codes that exist.

use super::refuse_doubles;
use crate::{
    Law,
    crosswalk::Crosswalk,
    data::Fault,
    regulation::{Basis, DEADLINES, DueRule, Regulation, Unit, WORKFLOWS},
};

pub(super) fn check(law: &Law, faults: &mut Vec<Fault>) {
    refuse_doubles("regulations", law.regulations.iter().map(Regulation::code), faults);
    for regulation in &law.regulations {
        let file = format!("regulations/{}.toml", regulation.code());
        let mut refuse = |key: String, reason: String| faults.push(Fault::new(&file, key, reason));
        if regulation.schema_version != 1 {
            refuse("schema_version".into(), format!("chưa biết dạng tệp {}", regulation.schema_version));
        }
        complete(regulation, &mut refuse);
        articles(law, regulation, &mut refuse);
        counting(law, regulation, &mut refuse);
        names(regulation, &law.crosswalk, &mut refuse);
        roles(law, regulation, &mut refuse);
    }
}

type Refuse<'a> = dyn FnMut(String, String) + 'a;

/// All twelve terms and all twelve orders of work, each once.
fn complete(regulation: &Regulation, refuse: &mut Refuse<'_>) {
    let deadlines: Vec<&str> = regulation.deadlines.iter().map(|deadline| deadline.id.as_str()).collect();
    let workflows: Vec<&str> = regulation.workflows.iter().map(|workflow| workflow.code.as_str()).collect();
    for (table, expected, found) in [("deadline", &DEADLINES, deadlines), ("workflow", &WORKFLOWS, workflows)] {
        for id in expected {
            match found.iter().filter(|there| *there == id).count() {
                0 => refuse(table.into(), format!("thiếu {id}")),
                1 => (),
                _ => refuse(format!("{table}.{id}"), "trùng mã".into()),
            }
        }
        for id in found.iter().filter(|id| !expected.contains(id)) {
            refuse(format!("{table}.{id}"), "mã không có trong mười hai mã quy định".into());
        }
    }
    for workflow in &regulation.workflows {
        if !ordered(workflow.steps.iter().map(|step| step.order)) {
            refuse(format!("workflow.{}", workflow.code), "các bước không đánh số liên tục từ 1".into());
        }
    }
}

fn ordered(orders: impl Iterator<Item = u8>) -> bool {
    orders.zip(1..).all(|(order, place)| order == place)
}

/// Every table cites an article that exists, of its own regulation, or says why the text is silent.
fn articles(law: &Law, regulation: &Regulation, refuse: &mut Refuse<'_>) {
    let prefix = format!("{}-", regulation.identity.prefix);
    for (key, Basis { article, silent, why }) in regulation.tables() {
        let in_step = key.contains(".step.");
        match article {
            "silent" if !in_step && !silent => refuse(key, "article = \"silent\" phải đi cùng silent = true".into()),
            "silent" if !in_step && why.is_empty() => refuse(key, "quy chế im lặng thì phải nêu lý do (why)".into()),
            "silent" => (),
            _ if silent => refuse(key, format!("silent = true nhưng lại dẫn điều {article}")),
            _ if !article.starts_with(&prefix) => refuse(key, format!("điều {article} thuộc quy chế khác, phải bắt đầu bằng {prefix}")),
            _ if !law.clauses.knows(article) => refuse(key, format!("không có điều {article} trong clauses.toml")),
            _ => (),
        }
    }
    let others = regulation.roles.iter().map(|role| ("role", &role.code, &role.implied_from));
    let others = others.chain(regulation.account_rules.iter().map(|rule| ("account_rule", &rule.code, &rule.document_article)));
    for (table, code, article) in others {
        if let Some(article) = article.as_deref().filter(|article| !law.clauses.knows(article)) {
            refuse(format!("{table}.{code}"), format!("không có điều {article} trong clauses.toml"));
        }
    }
}

/// Terms and dates that can be counted.
fn counting(law: &Law, regulation: &Regulation, refuse: &mut Refuse<'_>) {
    if regulation.counting.weekend != law.calendar.weekend {
        refuse("counting.weekend".into(), "khác ngày nghỉ hằng tuần của law/holidays.toml".into());
    }
    if regulation.counting.calendar != format!("../{}", crate::calendar::FILE) {
        refuse("counting.calendar".into(), format!("không có lịch {}", regulation.counting.calendar));
    }
    if regulation.counting.roll_applies_to.contains(&Unit::WorkingDays) {
        refuse("counting.roll_applies_to".into(), "hạn tính bằng ngày làm việc không thể hết vào ngày nghỉ".into());
    }
    for deadline in &regulation.deadlines {
        if deadline.enabled && deadline.number == 0 {
            refuse(format!("deadline.{}", deadline.id), "thời hạn đang bật phải lớn hơn 0".into());
        }
        if deadline.campaign_month.is_some_and(|month| !(1..=12).contains(&month)) {
            refuse(format!("deadline.{}", deadline.id), "tháng phải từ 1 đến 12".into());
        }
    }
    for report in &regulation.reports {
        let dated = matches!(report.due_rule, DueRule::Before | DueRule::NoLaterThan);
        if dated == report.due.is_empty() {
            let reason = if dated { "thiếu ngày nộp (due)" } else { "cách tính hạn này không có ngày nộp cố định" };
            refuse(format!("report.{}", report.code), reason.into());
        }
    }
    if regex_lite::Regex::new(&regulation.identifier.pattern).is_err() {
        refuse("identifier.pattern".into(), "không phải là biểu thức chính quy".into());
    }
}

/// Names that other files translate.
fn names(regulation: &Regulation, crosswalk: &Crosswalk, refuse: &mut Refuse<'_>) {
    let mut known = |table: &str, code: &str, there: bool| {
        if !there {
            refuse(format!("{table}.{code}"), "chưa có trong crosswalk.toml".into());
        }
    };
    for subject in &regulation.subjects {
        known("subject", &subject.code, crosswalk.subject.contains_key(&subject.code));
    }
    for member in regulation.levels.iter().flat_map(|level| &level.childless_members) {
        known("level.member", member, crosswalk.member.contains_key(member));
    }
    for template in &regulation.templates {
        known("template", &template.code, crosswalk.template.contains_key(&template.code));
    }
    for decision in &regulation.decision_types {
        known("decision_type", &decision.code, crosswalk.decision_type.contains_key(&decision.code));
    }
    for status in regulation.retention.reasons.iter().chain(regulation.deadlines.iter().flat_map(|deadline| &deadline.statuses)) {
        known("status", status, crosswalk.status.contains_key(status));
    }
    for template in &regulation.templates {
        for subject in template.applies_to.iter().filter(|code| !regulation.subjects.iter().any(|subject| &subject.code == *code)) {
            refuse(format!("template.{}", template.code), format!("không có đối tượng {subject}"));
        }
    }
}

fn roles(law: &Law, regulation: &Regulation, refuse: &mut Refuse<'_>) {
    // Every regulation has what the program cannot do without.
    for code in ["system_admin", "unit_head", "person"] {
        if regulation.role(code).is_none() {
            refuse("role".into(), format!("thiếu vai trò {code}"));
        }
    }
    for role in &regulation.roles {
        if role.all_permissions().len() != role.permissions.len() + role.implied_permissions.len() {
            refuse(format!("role.{}", role.code), "một quyền được nêu hai lần".into());
        }
        for permission in role.all_permissions() {
            if law.catalogue("permissions").is_none_or(|list| list.item(permission).is_none()) {
                refuse(format!("role.{}", role.code), format!("không có quyền {permission} trong catalogues/permissions.toml"));
            }
        }
    }
    for (key, code) in regulation.actors() {
        if regulation.role(code).is_none() && law.catalogue("actors").is_none_or(|list| list.item(code).is_none()) {
            refuse(key, format!("không có vai trò hay nơi thực hiện {code} trong catalogues/actors.toml"));
        }
    }
    for role in regulation.deletion.held_by.iter().filter(|code| regulation.role(code).is_none()) {
        refuse("deletion.held_by".into(), format!("không có vai trò {role}"));
    }
}
