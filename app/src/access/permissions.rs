//! The closed list of permissions, each a type.

use vault::Permission;

/// A permission of the role tables as a type, so that a handler's signature states it.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal $(or $($also:literal),+)?;)+) => {
        $($(#[$doc])* pub struct $name;
        impl Permission for $name {
            const CODE: &'static str = $code;
            const ALSO: &'static [&'static str] = &[$($($also),+)?];
        })+

        /// Every code that has a type.
        pub const CODES: &[&str] = &[$($code),+];
    };
}

permissions! {
    /// Open dossiers; one's own counts, and those that written consents open.
    ViewRecord = "view_record" or "view_own_record", "view_consented_record";
    /// See lists of dossiers and count them: those of the roles only, a consent opens one dossier and makes no list longer.
    ListRecords = "view_record" or "view_own_record";
    /// Find people.
    Search = "search";
    /// See figures of the units in one's area.
    ViewReports = "view_reports" or "view_record";
    /// Enter what decisions assign.
    ManageQuota = "manage_quota";
    /// Take lists and dossiers out, with a purpose.
    Export = "export" or "export_own_record";
    /// Begin dossiers, by hand or by import.
    CreateRecord = "create_record";
    /// Take dossiers out of use, and bring them back.
    RemoveRecord = "remove_record";
    /// Write in dossiers.
    EditRecord = "edit_record";
    /// Propose changes of one's own dossier, or enter them for somebody.
    SubmitDeclaration = "submit_declaration" or "edit_record";
    /// See what was declared, check it against the paper.
    CheckDeclarations = "verify_data" or "approve_data", "edit_record";
    /// Approve what was checked.
    ApproveData = "approve_data";
    /// Approve for the province what units approved.
    SignApprove = "sign_approve";
    /// Send dossiers to other units.
    TransferRecord = "transfer_record";
    /// Take in dossiers that were sent.
    ReceiveRecord = "receive_record";
    /// Say that somebody left, or came back.
    ChangeStatus = "change_status";
    /// Withdraw decisions that were entered.
    RevokeDecision = "revoke_decision";
    /// Change the unit tree; inner sections of one's own unit count.
    ManageUnitTree = "manage_unit_tree" or "edit_internal_departments";
    /// Open, close and change accounts, all of them or some.
    ManageAccounts = "manage_accounts" or "create_subordinate_accounts", "create_normal_accounts", "manage_unit_accounts";
    /// Give others what they may do, and open one dossier to an account by written consent.
    AssignRights = "assign_rights";
    /// Read the audit of dossiers.
    ViewAudit = "view_audit";
    /// Change fields of a province's own and settings.
    ConfigureSystem = "configure_system" or "configure_fields";
    /// Add codes of a province's own to code lists.
    ManageCatalogues = "manage_catalogues";
    /// Look after the installation: what there is to set up, who may what, what is under way.
    Administer = "administer_system" or "configure_system", "configure_fields", "manage_catalogues", "manage_accounts", "backup_restore", "view_health";
    /// See how the system runs, back it up.
    BackupRestore = "backup_restore" or "view_health";
}
