//! Who sends a dossier, by the regulation in force where it lies.

use crate::{App, error::Result, obligations};
use jiff::civil::Date;
use law::{Regulation, regulation::CountedFrom};

/// The order of work of a transfer, and the body above as its first actor.
const WORKFLOW: &str = "move_between_units";
const SUPERIOR: &str = "superior_managing_body";
/// The gate that asks for the scan of the decision.
const WITHOUT_SCAN: &str = "transfer_without_scan";
/// The decision whose papers a regulation demands.
const MOVEMENT: &str = "movement";
/// The step in which a dossier is asked for, before it is sent.
const REQUEST: &str = "request_record";
/// Terms of a transfer.
pub(crate) const SEND: &str = "move_out_send";
pub(crate) const RECEIVE: &str = "move_in_forward";
pub(crate) const INTERNAL: &str = "move_internal";

/// Terms of leaving: out of service, and out of what the software covers.
pub(crate) const LEAVE_SERVICE: &str = "leave_service";
pub(crate) const LEAVE_SCOPE: &str = "leave_scope";

/// What the regulation says of sending.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    /// The body above the unit sends, not the unit itself.
    pub(crate) by_superior: bool,
    /// Name of whoever sends, and the article.
    pub(crate) sender_vi: String,
    pub(crate) article: String,
    /// The article by which the receiving unit asks for the dossier before it is sent; nothing where nobody has to ask.
    pub(crate) request_article: Option<String>,
    /// The article that refuses sending without the scan of the decision.
    pub(crate) scan_article: Option<String>,
    /// From which day the term of sending runs.
    counted_from: Option<CountedFrom>,
}

impl Chain {
    /// Of a unit; nothing special where it has no regulation.
    pub(crate) async fn at(app: &App, unit_path: &str) -> Result<Chain> {
        let Some(regulation) = obligations::regulation(app, unit_path, app.today()).await? else { return Ok(Chain::default()) };
        Ok(Chain::of(app, &regulation))
    }

    fn of(app: &App, regulation: &Regulation) -> Chain {
        let steps = regulation.workflow(WORKFLOW).map(|workflow| workflow.steps.as_slice()).unwrap_or_default();
        let sending = steps.iter().find(|step| step.action != REQUEST);
        let gate = regulation.gates(WITHOUT_SCAN).next().map(|gate| gate.article.clone());
        let demanded = regulation.attachments.iter().find(|attachment| attachment.mandatory && attachment.decision_type == MOVEMENT);
        let scan = gate.or_else(|| demanded.map(|attachment| attachment.article.clone()));
        Chain {
            by_superior: sending.is_some_and(|step| step.actor == SUPERIOR),
            sender_vi: sending.map(|step| app.law.actor_vi(regulation, &step.actor).to_owned()).unwrap_or_default(),
            article: sending.map(|step| step.article.clone()).unwrap_or_default(),
            request_article: steps.iter().find(|step| step.action == REQUEST).map(|step| step.article.clone()),
            scan_article: scan,
            counted_from: regulation.deadline(SEND).map(|term| term.counted_from),
        }
    }

    /// The day from which the term of sending is counted.
    pub(crate) fn start(&self, effective_on: Date, signed_on: Date, today: Date) -> Date {
        match self.counted_from {
            Some(CountedFrom::EffectiveDate) | None => effective_on,
            Some(CountedFrom::DecisionDate | CountedFrom::DecisionOrContractDate) => signed_on,
            // A request that nobody noted was received when it is answered.
            Some(_) => today,
        }
    }
}

/// The day from which the receiver's term runs, by the regulation there.
pub(crate) async fn arrival(app: &App, unit_path: &str, effective_on: Date, signed_on: Date) -> Result<Date> {
    let today = app.today();
    let regulation = obligations::regulation(app, unit_path, today).await?;
    let counted_from = regulation.as_ref().and_then(|regulation| regulation.deadline(RECEIVE)).map(|term| term.counted_from);
    Ok(match counted_from {
        Some(CountedFrom::EffectiveDate) => effective_on,
        Some(CountedFrom::DecisionDate | CountedFrom::DecisionOrContractDate) => signed_on,
        _ => today,
    })
}

/// Whether the receiver's term runs from the decision, before anything arrives.
pub(crate) async fn runs_from_decision(app: &App, unit_path: &str) -> Result<bool> {
    let regulation = obligations::regulation(app, unit_path, app.today()).await?;
    let counted_from = regulation.as_ref().and_then(|regulation| regulation.deadline(RECEIVE)).map(|term| term.counted_from);
    Ok(matches!(counted_from, Some(CountedFrom::EffectiveDate | CountedFrom::DecisionDate | CountedFrom::DecisionOrContractDate)))
}

/// The term under which a status of leaving falls at a unit.
pub(crate) async fn leaving_term(app: &App, unit_path: &str, status: &str) -> Result<&'static str> {
    let regulation = obligations::regulation(app, unit_path, app.today()).await?;
    let covers = |event: &str| {
        let term = regulation.as_ref().and_then(|regulation| regulation.deadline(event));
        term.is_some_and(|term| term.statuses.iter().any(|known| known == status))
    };
    Ok(if covers(LEAVE_SCOPE) { LEAVE_SCOPE } else { LEAVE_SERVICE })
}

/// Whether two units lie in one body: below the unit from which their regulation holds.
pub(crate) fn in_one_body(in_force: &[(String, String)], one: &str, other: &str) -> bool {
    let roots = in_force.iter().map(|(root, _)| root.as_str()).filter(|root| one.starts_with(root));
    let root = roots.max_by_key(|root| root.len()).unwrap_or("/");
    body(root, one) == body(root, other)
}

/// The path of the unit above.
pub(crate) fn above(path: &str) -> &str {
    let inner = path.trim_end_matches('/');
    inner.rfind('/').and_then(|end| path.get(..=end)).unwrap_or("/")
}

/// The body a unit belongs to: the one just below where the regulation was given, with everything in it.
fn body<'a>(root: &str, path: &'a str) -> &'a str {
    let rest = path.strip_prefix(root).unwrap_or_default();
    let end = rest.find('/').map_or(path.len(), |end| root.len() + end + 1);
    path.get(..end).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{above, body};

    #[test]
    fn bodies_and_units_above_are_read_from_paths() {
        assert_eq!((above("/1/4/9/"), above("/1/"), above("/")), ("/1/4/", "/", "/"));
        assert_eq!(body("/1/", "/1/4/9/"), "/1/4/");
        assert_eq!(body("/1/", "/1/4/"), "/1/4/");
        assert_eq!(body("/1/", "/1/"), "/1/");
    }
}
