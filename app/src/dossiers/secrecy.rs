//! Which fields of a dossier a viewer may read. `docs/decisions/0007-secrecy-follows-what-one-does.md` says why.

use crate::access::EditRecord;
use law::{Regulation, Sensitivity, regulation::Gate};
use vault::{Permission, Viewer};

/// Checks and approves what people declare.
struct CheckData;

impl Permission for CheckData {
    const CODE: &'static str = "verify_data";
    const ALSO: &'static [&'static str] = &["approve_data", "vet_data_sheet", "sign_approve"];
}

/// Keeps the dossier: takes it in, sends it on, changes its state.
struct KeepDossier;

impl Permission for KeepDossier {
    const CODE: &'static str = "change_status";
    const ALSO: &'static [&'static str] = &["transfer_record", "receive_record", "create_record"];
}

/// The highest level of fields that a viewer reads in a dossier of the unit with this path.
pub(crate) fn level(viewer: &Viewer, dossier_id: i64, unit_path: &str) -> Sensitivity {
    let by_duty = by_duty(viewer, dossier_id, unit_path);
    viewer.consents().iter().filter(|(dossier, _)| *dossier == dossier_id).map(|(_, agreed)| agreed_to(agreed)).fold(by_duty, Ord::max)
}

/// Whether a viewer manages the dossier or is the person: not those who only look on, whatever they were agreed to.
pub(crate) fn manages(viewer: &Viewer, dossier_id: i64, unit_path: &str) -> bool {
    by_duty(viewer, dossier_id, unit_path) >= Sensitivity::Personal
}

fn by_duty(viewer: &Viewer, dossier_id: i64, unit_path: &str) -> Sensitivity {
    let own = viewer.dossier_id() == Some(dossier_id);
    let edits = viewer.may::<EditRecord>().is_some_and(|grant| grant.reaches_unit(unit_path));
    let checks = viewer.may::<CheckData>().is_some_and(|grant| grant.reaches_unit(unit_path));
    let keeps = viewer.may::<KeepDossier>().is_some_and(|grant| grant.reaches_unit(unit_path));
    match (own || edits || checks, keeps) {
        (true, _) => Sensitivity::Secret,
        (false, true) => Sensitivity::Personal,
        (false, false) => Sensitivity::PublicInUnit,
    }
}

/// The level that a written consent names.
fn agreed_to(code: &str) -> Sensitivity {
    match code {
        "secret" => Sensitivity::Secret,
        "personal" => Sensitivity::Personal,
        _ => Sensitivity::PublicInUnit,
    }
}

/// Whether a viewer may write in a dossier of the unit with this path.
pub(crate) fn may_edit(viewer: &Viewer, unit_path: &str) -> bool {
    viewer.may::<EditRecord>().is_some_and(|grant| grant.reaches_unit(unit_path))
}

/// The gate that has dossiers gone through before something is decided on them, the order of work and its step.
const CHECK: &str = "check_before_processing";
const APPROVAL: &str = "approval";

/// The gate of a regulation, when the account holds a role of whoever goes through dossiers by it.
pub(crate) fn checking_gate<'a>(regulation: &'a Regulation, viewer: &Viewer) -> Option<&'a Gate> {
    let gate = regulation.gates(CHECK).next()?;
    let steps = regulation.workflow(APPROVAL).map(|workflow| workflow.steps.as_slice()).unwrap_or_default();
    let actor = steps.iter().find(|step| step.action == CHECK).map(|step| step.actor.as_str())?;
    let mut held = viewer.roles().iter().filter_map(|held| regulation.role(&held.role));
    held.any(|role| role.holders.iter().any(|holder| holder == actor)).then_some(gate)
}
