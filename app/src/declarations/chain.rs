//! Who does what with a declaration, and when it may be approved, by the regulation in force at a unit.

use crate::{App, error::Result, form::show_day, obligations};
use jiff::{ToSpan, civil::Date};
use law::{Regulation, regulation::CountedFrom};

/// The orders of work of a personal change, and the term of the month's approval.
const WORKFLOW: &str = "change_personal";
pub(super) const MONTHLY: &str = "monthly_approval";
/// The term of a personal change; who keeps it; what is done besides.
pub(super) const TERM: &str = "change_personal";
const PERSON: &str = "person";
const PAPER_TOO: &str = "supplement_paper_file";
/// The order of work behind the approval of a unit, and its step at Home Affairs.
const APPROVAL: &str = "approval";
const SIGN: &str = "sign";
/// What a regulation calls the change for which a paper is demanded.
const PAPERS: &[&str] = &["personal_change", "any_change", "verifying_document"];

/// The chain of a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Somebody approves after the check; else the check is the last step.
    pub(super) has_approval: bool,
    /// The article of the check, and of the approval.
    pub(super) check_article: String,
    pub(super) approval_article: String,
    /// The article by which a declaration comes with a copy of its paper.
    pub(super) paper_article: Option<String>,
    /// The day that the form asks for, because the term runs from it; nothing where it runs from something else.
    pub(super) asks_day: Option<&'static str>,
    /// The person keeps the term by declaring; else the unit does by entering what was handed in.
    pub(super) is_persons: bool,
    /// The article by which the paper dossier is supplemented too before a change is entered.
    pub(super) also_article: Option<String>,
    /// Home Affairs approves what units approved, and the article.
    pub(super) accept_article: Option<String>,
    /// Approving is open today.
    pub(super) is_open: bool,
    /// The month's approval is a term; the last day of the window that ended last.
    pub(super) is_monthly: bool,
    pub(super) closed_on: Option<Date>,
    /// The days on which approving is open, when today is none of them: from and until, of this month or the next.
    pub(super) next_window: Option<(Date, Date)>,
}

impl Chain {
    pub(super) async fn at(app: &App, unit_path: &str) -> Result<Chain> {
        match obligations::regulation(app, unit_path, app.today()).await? {
            Some(regulation) => Ok(Chain::of(app, &regulation)),
            None => Ok(Chain { is_open: true, ..Chain::default() }),
        }
    }

    fn of(app: &App, regulation: &Regulation) -> Chain {
        let steps = regulation.workflow(WORKFLOW).map(|workflow| workflow.steps.as_slice()).unwrap_or_default();
        let approving = steps.iter().find(|step| step.action.starts_with("approve"));
        let checking = steps
            .iter()
            .find(|step| step.action.starts_with("verify") || step.action.starts_with("check") || step.action.starts_with("enter"));
        let today = app.today();
        let window = |day: Date| app.law.due_under(regulation, MONTHLY, day).map(|due| due.window).unwrap_or_default();
        let is_open = !regulation.approval_window.enabled || window(today).contains(&today);
        let next_window = (!is_open).then(|| {
            let this = window(today);
            let days =
                if this.last().is_some_and(|last| *last > today) { this } else { window(today.last_of_month().saturating_add(1.day())) };
            days.first().copied().zip(days.last().copied())
        });
        let term = regulation.deadline(TERM).filter(|term| term.enabled);
        let ended = |day: Date| window(day).last().copied().filter(|last| *last < today);
        let before = today.first_of_month().saturating_sub(1.day());
        let signing = regulation.workflow(APPROVAL).map(|workflow| workflow.steps.as_slice()).unwrap_or_default();
        Chain {
            asks_day: term.and_then(|term| match term.counted_from {
                CountedFrom::SupplementReceived => Some("Ngày nhận phiếu bổ sung, giấy tờ"),
                CountedFrom::DocumentReceived | CountedFrom::ValidPaperFileDate => Some("Ngày nhận đủ giấy tờ hợp lệ"),
                CountedFrom::ChangeDate => Some("Ngày thông tin thay đổi"),
                _ => None,
            }),
            is_persons: term.is_some_and(|term| term.responsible == PERSON),
            also_article: term.filter(|term| term.also.as_deref() == Some(PAPER_TOO)).map(|term| term.article.clone()),
            accept_article: signing.iter().find(|step| step.action == SIGN).map(|step| step.article.clone()),
            is_monthly: regulation.approval_window.enabled,
            closed_on: regulation.approval_window.enabled.then(|| ended(today).or_else(|| ended(before))).flatten(),
            paper_article: regulation
                .attachments
                .iter()
                .find(|attachment| attachment.mandatory && PAPERS.contains(&attachment.decision_type.as_str()))
                .map(|attachment| attachment.article.clone()),
            has_approval: approving.is_some(),
            check_article: checking.map(|step| step.article.clone()).unwrap_or_default(),
            approval_article: approving.map(|step| step.article.clone()).unwrap_or_default(),
            is_open,
            next_window: next_window.flatten(),
        }
    }

    /// Why nothing can be approved today; nothing when it can.
    pub(super) fn refusal(&self) -> Option<String> {
        if self.is_open {
            return None;
        }
        let days =
            self.next_window.map(|(from, until)| format!(" Kỳ tới: từ {} đến {}.", show_day(from), show_day(until))).unwrap_or_default();
        Some(format!("Chỉ phê duyệt được trong kỳ cuối tháng ({}).{days}", self.approval_article))
    }
}
