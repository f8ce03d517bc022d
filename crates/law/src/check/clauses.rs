//! The register of clauses.

use super::refuse_doubles;
use crate::{
    Law,
    clauses::{Clause, FILE, Status},
    data::Fault,
    regulation::Regulation,
};

pub(super) fn check(law: &Law, faults: &mut Vec<Fault>) {
    refuse_doubles(FILE, law.clauses.all.iter().map(|clause| clause.id.as_str()), faults);
    for clause in &law.clauses.all {
        let mut refuse = |reason: String| faults.push(Fault::new(FILE, clause.id.as_str(), reason));
        let Some(regulation) = law.regulation(&clause.regulation) else {
            refuse(format!("không có quy chế {}", clause.regulation));
            continue;
        };
        if !clause.id.starts_with(&format!("{}-", regulation.identity.prefix)) {
            refuse(format!("mã điều khoản phải bắt đầu bằng {}-", regulation.identity.prefix));
        }
        if let Some(reason) = status_fault(clause) {
            refuse(reason.to_owned());
        }
        if let Some(profile) = clause.profile.as_deref().filter(|profile| !has(regulation, profile)) {
            refuse(format!("quy chế không có khóa {profile}"));
        }
    }
    for id in law.clauses.left_out.keys().filter(|id| law.clause(id).is_some()) {
        faults.push(Fault::new(FILE, id.as_str(), "vừa có trong danh sách điều khoản vừa bị bỏ qua"));
    }
}

fn status_fault(clause: &Clause) -> Option<&'static str> {
    let reasoned = clause.reason.as_deref().is_some_and(|reason| !reason.is_empty());
    match clause.status {
        Status::Outside if !reasoned => Some("ngoài phạm vi (outside) phải ghi lý do (reason)"),
        Status::Done if clause.tests.is_empty() => Some("đã xong (done) phải nêu phép thử hoặc trang (tests)"),
        _ => None,
    }
}

/// Whether a key such as `backup` or `deadline.new_record` is in the file of a regulation.
fn has(regulation: &Regulation, profile: &str) -> bool {
    match profile.split_once('.') {
        Some(("deadline", id)) => regulation.deadline(id).is_some(),
        Some(("gate", code)) => regulation.gates(code).next().is_some(),
        Some(("report", code)) => regulation.reports.iter().any(|report| report.code == code),
        Some(("role", code)) => regulation.role(code).is_some(),
        Some(("workflow", code)) => regulation.workflow(code).is_some(),
        Some(_) => false,
        None => regulation.tables().iter().any(|(key, _)| key.split('.').next() == Some(profile)),
    }
}
