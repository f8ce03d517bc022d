//! The register of clauses, grouped by article, each with what the software does for it.

use super::sentences::{Valued, values};
use law::{Clause, ClauseKind, ClauseLevel, Law, Regulation, Status};
use serde::Serialize;
use std::collections::BTreeSet;

/// An article and its clauses.
#[derive(Serialize)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) clauses: Vec<Line>,
}

/// One clause.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) id: String,
    /// Ids of the clauses above it, which chips may name as well.
    pub(super) anchors: Vec<String>,
    pub(super) place: String,
    pub(super) keywords: Vec<String>,
    pub(super) kind: &'static str,
    pub(super) binding: &'static str,
    pub(super) status: &'static str,
    pub(super) badge: &'static str,
    pub(super) tests: usize,
    pub(super) pages: Vec<String>,
    pub(super) values: Vec<(String, String)>,
}

/// A value that the text leaves open.
#[derive(Serialize)]
pub(super) struct Silent {
    pub(super) what: String,
    pub(super) value: String,
}

/// The regulation in groups, narrowed to clauses in which these words stand.
pub(super) fn groups(law: &Law, regulation: &Regulation, words: &str) -> Vec<Group> {
    let values = values(law, regulation);
    let wanted = vault::folded(words);
    let mut groups: Vec<Group> = Vec::new();
    let mut named = BTreeSet::new();
    for clause in law.clauses.all.iter().filter(|clause| clause.regulation == regulation.identity.code) {
        let label = head(&clause.article);
        let id = clause.id.split('.').next().unwrap_or_default().to_owned();
        let line = line(clause, &values, &mut named);
        if !wanted.is_empty() && !vault::folded(&text(&line, &label)).contains(&wanted) {
            continue;
        }
        match groups.iter_mut().find(|group| group.id == id) {
            Some(group) => group.clauses.push(line),
            None => groups.push(Group { id, label, clauses: vec![line] }),
        }
    }
    groups
}

/// What the text leaves open, and what stands instead.
pub(super) fn silent(law: &Law, regulation: &Regulation) -> Vec<Silent> {
    values(law, regulation).into_iter().filter(|value| value.silent).map(|value| Silent { what: value.what, value: value.value }).collect()
}

/// `Điều 12` of `Điều 12 khoản 2 điểm a`.
fn head(article: &str) -> String {
    let end = [" khoản", " điểm", " đoạn", ", dòng"].iter().filter_map(|word| article.find(word)).min().unwrap_or(article.len());
    article.get(..end).unwrap_or(article).to_owned()
}

fn line(clause: &Clause, values: &[Valued<'_>], named: &mut BTreeSet<String>) -> Line {
    // The group carries the id of the article itself.
    let parts: Vec<&str> = clause.id.split('.').collect();
    let above = (2..parts.len()).filter_map(|depth| parts.get(..depth).map(|part| part.join(".")));
    let anchors = above.filter(|id| named.insert(id.clone())).collect();
    let fresh = parts.len() > 1 && named.insert(clause.id.clone());
    Line {
        id: if fresh { clause.id.clone() } else { String::new() },
        anchors,
        place: clause.article.clone(),
        keywords: clause.keywords.clone(),
        kind: kind(clause.kind),
        binding: match clause.level {
            ClauseLevel::Must => "phần mềm phải làm",
            ClauseLevel::Should => "việc của người, phần mềm giúp",
        },
        status: match clause.status {
            Status::Done => "đã làm",
            Status::Open => "chưa làm",
            Status::Outside => "ngoài phạm vi",
        },
        badge: match clause.status {
            Status::Done => "is-done",
            Status::Open => "is-wait",
            Status::Outside => "",
        },
        tests: clause.tests.iter().filter(|test| !test.starts_with("page:")).count(),
        pages: clause
            .tests
            .iter()
            .filter_map(|test| test.strip_prefix("page:"))
            .filter(|page| !page.contains('{'))
            .map(str::to_owned)
            .collect(),
        values: values.iter().filter(|value| value.article == clause.id).map(|value| (value.what.clone(), value.value.clone())).collect(),
    }
}

fn text(line: &Line, label: &str) -> String {
    let values: String = line.values.iter().map(|(what, value)| format!(" {what} {value}")).collect();
    format!("{label} {} {} {} {}{values}", line.id, line.place, line.keywords.join(" "), line.kind)
}

fn kind(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Function => "chức năng",
        ClauseKind::Deadline => "thời hạn",
        ClauseKind::Permission => "phân quyền",
        ClauseKind::Report => "báo cáo",
        ClauseKind::Gate => "điều kiện chặn",
        ClauseKind::Security => "an toàn thông tin",
        ClauseKind::Retention => "lưu trữ",
        ClauseKind::Integration => "kết nối",
        ClauseKind::Notice => "thông báo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_that_a_value_cites_can_be_jumped_to() {
        let law = Law::load(&law::DataSource::Embedded).unwrap();
        for regulation in &law.regulations {
            let groups = groups(&law, regulation, "");
            let mut targets = BTreeSet::new();
            for group in &groups {
                assert!(targets.insert(group.id.clone()), "{} twice", group.id);
                for line in &group.clauses {
                    let own = Some(&line.id).filter(|id| !id.is_empty());
                    assert!(line.anchors.iter().chain(own).all(|id| targets.insert(id.clone())), "{} twice", line.id);
                }
            }
            for value in values(&law, regulation).iter().filter(|value| !value.silent && law.article(value.article).next().is_some()) {
                assert!(targets.contains(value.article), "{} cannot be jumped to", value.article);
            }
            assert!(silent(&law, regulation).len() > 3);
        }
    }

    #[test]
    fn the_article_is_what_stands_before_its_parts() {
        assert_eq!(head("Điều 12 khoản 2 điểm a"), "Điều 12");
        assert_eq!(head("Quyết định, Điều 2"), "Quyết định, Điều 2");
        assert_eq!(head("Phụ lục, dòng 5"), "Phụ lục");
    }
}
